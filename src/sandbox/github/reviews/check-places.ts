import * as z from "zod";
import { changes } from "../changed-files.ts";
import { readPull } from "../comments.ts";
import { Refused } from "../emulated.ts";
import { readCommitOf } from "../forks.ts";
import type { World } from "../world.ts";
import type { OnLine } from "./changes.ts";

/** A thread as GraphQL is asked for it. */
export interface DraftThread {
  readonly path: string;
  readonly line: number;
  readonly startLine?: number | null;
  readonly side?: "LEFT" | "RIGHT" | null;
  readonly body: string;
}

/**
 * What is to be said on lines, each of which must stand in the difference that the commit makes. One that does not refuses them all, and GitHub
 * does not tell which: it only joins what it has against each.
 *
 * @throws Refused in GitHub's words
 */
export async function checkPlaces(
  world: World,
  repository: string,
  number: number,
  threads: readonly DraftThread[],
  commit: string | null | undefined,
): Promise<{ readonly headSha: string; readonly places: readonly OnLine[] }> {
  const pull = await readPull(world, repository, number);
  if (!pull) throw new Refused(404, "Not Found");
  const headSha = commit ?? pull.head.sha;
  // [the wording is not measured]
  if (!(await readCommitOf(world, z.unknown(), repository, headSha))) throw new Refused(422, "The commit is not part of the pull request");
  if (threads.some(({ side }) => side === "LEFT")) throw new Error("The sandbox cannot comment on what was taken away yet.");

  const found = new Map((await changes(world, repository, pull.base.sha, headSha)).map((change) => [change.path, change]));
  const problems = await Promise.all(
    threads.map(async ({ path, line, startLine }) => {
      const change = found.get(path);
      if (!change) return "Path could not be resolved";
      const hunk = (await change.diff()).shown.find(([first, last]) => first <= line && line <= last);
      if (!hunk) return "Line could not be resolved";
      if (startLine == null) return undefined;
      if (startLine >= line) return "Pull request review thread start line must precede the end line.";
      return startLine < hunk[0] ? "Pull request review thread start line must be part of the same hunk as the line." : undefined;
    }),
  );
  const told = problems.filter((problem) => problem !== undefined);
  if (told.length > 0) throw new Refused(422, new Intl.ListFormat("en").format(told));
  const places = threads.map(({ path, line, startLine, body }) => ({ path, line, ...(startLine != null && { startLine }), body }));
  return { headSha, places };
}
