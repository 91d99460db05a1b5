import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { mask } from "../../../pipeline/logs/mask.ts";
import { failuresKeptMs } from "../../../pipeline/sessions/command-failures.ts";
import { mostTries, triesKeptMs } from "../../../pipeline/sessions/commit-backoff.ts";
import type { Journal } from "../../../pipeline/sessions/journal.ts";
import { type OldBackoff, readBackoff } from "../read/backoff.ts";
import { readFailures } from "../read/failures.ts";
import { readJsonFile } from "../read/json-file.ts";
import type { Checkout, Step } from "../step.ts";

const failuresFile = ".claude/failure-tracking/failures.json";
const backoffFolder = ".claude/backoff";
/** A broken counter does not make us count for minutes. */
const mostCounted = 100;
const everything = 1_000_000;

/** What had failed again and again, into the journal of the hooks. */
export function failureSteps({ project, now, secrets }: Checkout, journal: Journal): readonly Step[] {
  const file = readJsonFile(join(project, failuresFile));
  if (!file) return [];
  const { read, problems } = "problem" in file ? { read: [], problems: [file.problem] } : readFailures(file.content, now);
  const recent = read.filter(({ at }) => at > now - failuresKeptMs);
  const fresh = recent.filter(({ key, commit, failures }) => failures > 0 && journal.failures.of(key, commit) === undefined);
  const older = read.length - recent.length;
  return [
    {
      what: "failures",
      from: failuresFile,
      to: "the journal of the hooks: nextrust status",
      found: read.length,
      fresh: fresh.length,
      left: [
        ...problems,
        ...(older > 0 ? [`${older} ${older === 1 ? "is" : "are"} older than 30 days, which is when failures are forgotten`] : []),
      ],
      apply: () =>
        journal.transaction(() => {
          for (const { failures, command, error, ...rest } of fresh) {
            const failed = { ...rest, command: mask(command, secrets), error: mask(error, secrets) };
            for (let count = 0; count < Math.min(failures, mostCounted); count++) journal.failures.add(failed);
          }
        }),
    },
  ];
}

/** Commits at which nothing is tried any more. */
export function backoffSteps({ project, now }: Checkout, journal: Journal): readonly Step[] {
  const folder = join(project, backoffFolder);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
  const read: OldBackoff[] = [];
  const left: string[] = [];
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isFile() || entry.name.startsWith(".")) continue;
    const path = join(folder, entry.name);
    const one = readBackoff(entry.name, readFileSync(path, "utf8"), Math.trunc(statSync(path).mtimeMs), now);
    if (typeof one === "string") left.push(`${entry.name}: ${one}`);
    else read.push(one);
  }
  const known = new Set(journal.backoff.newest(everything).map(({ commit }) => commit));
  const recent = read.filter(({ at }) => at > now - triesKeptMs);
  const fresh = recent.filter(({ commit, failures }) => failures > 0 && !known.has(commit));
  const older = read.length - recent.length;
  return [
    {
      what: "backoff of commits",
      from: backoffFolder,
      to: "the journal of the hooks: nextrust status",
      found: read.length,
      fresh: fresh.length,
      left: [...left, ...(older > 0 ? [`${older} ${older === 1 ? "is" : "are"} older than 30 days, which is when it ends`] : [])],
      apply: () =>
        journal.transaction(() => {
          for (const { commit, failures, at } of fresh)
            for (let count = 0; count < Math.min(failures, mostTries); count++) journal.backoff.take(commit, "design request", at);
        }),
    },
  ];
}
