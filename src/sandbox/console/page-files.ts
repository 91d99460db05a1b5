import { readFile } from "node:fs/promises";
import { answer, type Route } from "../../bot/http.ts";

// Beside this module in the repository, beside the bundle once packed.
const folder = new URL("./page/", import.meta.url);

const kinds = { html: "text/html", css: "text/css", js: "text/javascript" };

const names = [
  ...["base.css", "layout.css", "messages.css", "pull.css", "narrow.css"],
  ...["main.js", "dom.js", "slack-pane.js", "block-kit.js", "mrkdwn.js", "pull-pane.js", "markdown.js", "markdown-inline.js", "emoji.js"],
];

/** The page and what it loads. */
export const pageFiles: readonly Route[] = [fileAt("/", "index.html"), ...names.map((name) => fileAt(`/sandbox/${name}`, name))];

function fileAt(path: string, name: string): Route {
  const kind = kinds[name.split(".").at(-1) as keyof typeof kinds];
  return {
    method: "GET",
    path,
    handle: async (_, response) => answer(response, 200, await readFile(new URL(name, folder), "utf8"), `${kind}; charset=utf-8`),
  };
}
