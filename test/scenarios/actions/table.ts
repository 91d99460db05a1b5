import { expect } from "vitest";
import type { Outcome } from "../../../src/reply.ts";
import type { JobState } from "../../../src/sandbox/github/actions/job.ts";
import type { Fault } from "../../../src/sandbox/github/faults.ts";
import type { Who } from "../world.ts";
import { repository, type Stage, type Words } from "./stage.ts";

/** One row: somebody asks this in that state while that goes wrong. Then this is how it ends, what is said, and what GitHub was asked to do. */
export interface Row {
  readonly state: string;
  /** The jobs of the pull request's CI. */
  readonly jobs?: Readonly<Record<string, JobState>>;
  readonly given?: (stage: Stage, pull: number) => Promise<unknown> | unknown;
  readonly as?: Who;
  /** `#` is the row's pull request. */
  readonly ask: string;
  readonly fault?: readonly [match: RegExp, fault: Fault, times?: number];
  readonly outcome: Outcome;
  readonly reason: string;
  readonly says: Words | readonly Words[];
  readonly offers?: readonly RegExp[];
  readonly changes?: readonly string[];
  /** How many calls of GitHub's API it takes, at most. */
  readonly calls?: number;
}

export async function holds(stage: Stage, row: Row): Promise<void> {
  const pull = await stage.openPull(row.jobs);
  await row.given?.(stage, pull);
  if (row.calls !== undefined) await stage.quiet();
  const text = row.ask.replace(/#(?= |$)/, `${repository}#${pull}`);
  const before = stage.github.calls().length;
  if (row.fault) stage.github.fail(...row.fault);

  const { outcome, reason, shown, buttons } = await stage.aside(row.as ?? "ada", text);

  // What follows the run comes after what was asked for.
  const all = stage.callsOfBot(before);
  const last = all.findLastIndex((name) => isChange(name));
  const calls = last < 0 ? all : all.slice(0, last + 1);
  stage.github.clearFaults();
  expect({ outcome, reason, shown }).toEqual({ outcome: row.outcome, reason: row.reason, shown: expect.anything() });
  for (const words of [row.says].flat()) expect(shown).toMatch(words);
  for (const [index, words] of (row.offers ?? []).entries()) expect(buttons[index]).toMatch(words);
  expect(stage.changes(before)).toEqual(row.changes ?? []);
  if (row.calls !== undefined) expect(calls.length, calls.join("\n")).toBeLessThanOrEqual(row.calls);
  // What goes on would be told in the middle of another row.
  await stage.amend(pull, { stage: "ended" });
}

const isChange = (name: string): boolean => /^(?:POST|DELETE|PUT|PATCH) \/repos\//.test(name);
