import { askGit } from "../../machine/ask-git.ts";
import { clipped } from "../../pipeline/logs/clipped.ts";
import { withoutControls } from "../../pipeline/logs/to-plain-line.ts";
import type { Context } from "../context.ts";

const mostNamed = 40;
const longestName = 100;
const timeoutMs = 2_000;

/** Names of the files that differ from the commit, the first of them; undefined where git cannot say in time. */
export async function changedFiles({ place }: Pick<Context, "place">): Promise<readonly string[] | undefined> {
  const listed = await askGit(place.project, ["status", "--porcelain", "-z", "--no-renames"], { timeoutMs });
  return listed === undefined ? undefined : firstNamed(listed.split("\0").map((entry) => entry.slice(3)));
}

/** So many that somebody reads them, and how many more there are. */
export function firstNamed(names: readonly string[]): readonly string[] {
  const all = names.filter((name) => name !== "").map((name) => clipped(withoutControls(name), longestName));
  return all.length <= mostNamed ? all : [...all.slice(0, mostNamed), `… and ${all.length - mostNamed} more`];
}
