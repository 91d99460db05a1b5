import { appendFileSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeHiddenFolder } from "../../config/hidden-folder.ts";
import { ownStats } from "../../config/own-stats.ts";
import type { Context } from "../context.ts";

export interface Artefact {
  readonly kind: "build-summary" | "release-notes" | "test-report";
  /** For people. */
  readonly markdown: string;
  /** The same for programs. */
  readonly content: object;
}

/**
 * Keeps an artefact as Markdown and JSON, and the newest `most` of all of them.
 *
 * @returns where the Markdown is
 */
export function keepArtefact({ kind, markdown, content }: Artefact, use: string, most: number, { place, journal, now }: Context): string {
  const at = new Date(now()).toISOString();
  const name = `${at.replace(/[-:]/g, "").replace(".", "-")}-${kind}-${use.replace(/[^\w-]/g, "_").slice(-24)}`;
  // Of several hooks at once one after the other adds its line, so that none is lost where another removes old ones.
  return journal().transaction(() => {
    // What commands that succeeded left; `index.jsonl` in it has a line for each.
    const folder = makeHiddenFolder(place.dataDir, "artefacts");
    const [path, index] = [join(folder, `${name}.md`), join(folder, "index.jsonl")];
    ownStats(index);
    writeFileSync(path, markdown, { mode: 0o600, flag: "wx" });
    writeFileSync(join(folder, `${name}.json`), `${JSON.stringify({ kind, at, ...content }, null, 2)}\n`, { mode: 0o600, flag: "wx" });
    appendFileSync(index, `${JSON.stringify({ at, kind, name })}\n`, { mode: 0o600 });
    removeOldest(folder, most);
    return path;
  });
}

/** Names begin with their time. */
function removeOldest(folder: string, most: number): void {
  const names = readdirSync(folder)
    .filter((file) => file.endsWith(".md"))
    .map((file) => file.slice(0, -".md".length))
    .toSorted();
  if (names.length <= most) return;
  const old = new Set(names.slice(0, names.length - most));
  for (const name of old) for (const ending of ["md", "json"]) rmSync(join(folder, `${name}.${ending}`), { force: true });
  const index = join(folder, "index.jsonl");
  const lines = readFileSync(index, "utf8").split("\n");
  const kept = lines.filter((line) => line !== "" && !old.has(/"name":"([\w-]+)"\}$/.exec(line)?.[1] ?? ""));
  rmSync(`${index}.new`, { force: true });
  writeFileSync(`${index}.new`, kept.map((line) => `${line}\n`).join(""), { mode: 0o600 });
  renameSync(`${index}.new`, index);
}
