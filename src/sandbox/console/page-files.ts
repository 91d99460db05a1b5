import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { answer, type Route } from "../../bot/http.ts";

// Beside this module in the repository, beside the bundle once packed.
const folder = new URL("./page/", import.meta.url);

const kinds: Readonly<Record<string, string>> = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript" };

/** The page and what it loads. */
export const pageFiles: readonly Route[] = readdirSync(folder)
  .filter((name) => extname(name) in kinds)
  .map((name) => fileAt(name === "index.html" ? "/" : `/sandbox/${name}`, name));

function fileAt(path: string, name: string): Route {
  return {
    method: "GET",
    path,
    handle: async (_, response) =>
      answer(response, 200, await readFile(new URL(name, folder), "utf8"), `${kinds[extname(name)]}; charset=utf-8`),
  };
}
