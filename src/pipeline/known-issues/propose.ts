import { UserError } from "../../errors.ts";
import { type Action, done, type Part, type Reply, text } from "../../reply.ts";
import { clipped } from "../logs/clipped.ts";
import type { Excerpt } from "../logs/excerpt.ts";
import { type Head, nextStep, quoted } from "../next-step.ts";
import { entryInJson, type KnownIssueEntry, toEntry } from "./entry.ts";
import { type KnownIssues, knownIssuesFile } from "./known-issues.ts";
import { patternOfLine } from "./pattern-of-line.ts";

/** The button that makes a failure a proposal, written on its pull request. */
export const proposeKnownIssue = (job: string, head: Head): Action =>
  nextStep("Propose known issue", `known-issue propose ${quoted(job)}`, head);

export interface FailureToPropose {
  readonly excerpt: Excerpt;
  /** `CI / build on #12 @ab12cd3` */
  readonly about: string;
  readonly jobUrl?: string | undefined;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/**
 * A new entry for a failure nobody has explained: its pattern is the first error without what differs each time.
 *
 * @throws UserError when it is explained already, or the log says too little
 */
export function toProposal({ excerpt, about, jobUrl, at }: FailureToPropose, issues: Pick<KnownIssues, "all" | "mistakesIn" | "fits">) {
  const { lines, errorAt, tool, known } = excerpt;
  if (known) {
    const sentence = `${about} is known already: it is ${known.id}. ${known.description}`;
    throw new UserError("not_applicable", "already_known", sentence);
  }
  const line = errorAt === undefined ? undefined : lines[errorAt];
  const pattern = line === undefined ? undefined : patternOfLine(line);
  if (line === undefined || pattern === undefined || !issues.fits(pattern, line)) {
    const why = line === undefined ? "I recognise no error in its log" : "its first error says too little to tell it by";
    throw new UserError(
      "not_applicable",
      "nothing_to_propose",
      `I cannot make an entry of ${about}: ${why}. Write one with known-issue add.`,
    );
  }
  const entry = toEntry(
    {
      id: idOf(line, issues),
      pattern,
      description: `Say what it is, and what helps. First seen as ${clipped(about, 200)}.`,
      category: tool ?? "unsorted",
      references: jobUrl === undefined ? [] : [jobUrl],
    },
    at,
  );
  const [mistake] = issues.mistakesIn(entry);
  if (mistake !== undefined) throw new Error(`A proposal is no entry: ${mistake}.`);
  return { entry, line };
}

/** What is written on the pull request. */
export function describeProposal({ entry, line }: { readonly entry: KnownIssueEntry; readonly line: string }, about: string): Reply {
  return done(
    "proposed",
    text(`A known issue is proposed for ${about}`, "idle"),
    text("It is told by this line, whatever its numbers, times and paths:"),
    { kind: "excerpt", text: line },
    ...describeEntry(entry),
  );
}

/** The entry, and what to do with it. */
export const describeEntry = (entry: KnownIssueEntry): readonly Part[] => [
  { kind: "excerpt", text: entryInJson(entry), language: "json" },
  text(`A person adds it to the list known_issues in ${knownIssuesFile}, by a commit. I read that file when I start.`),
];

const longestId = 40;

/** The first words of the line that are no numbers, and that no issue has yet. */
function idOf(line: string, { all }: Pick<KnownIssues, "all">): string {
  const words = line
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => /^[a-z]/.test(word) && !/^[0-9a-f]{7,}$/.test(word));
  let id = "";
  for (const word of new Set(words)) {
    const longer = id === "" ? word.slice(0, longestId) : `${id}-${word}`;
    if (longer.length > longestId) break;
    id = longer;
  }
  const base = id === "" ? "new-issue" : id;
  const taken = new Set(all.map((issue) => issue.id));
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? base : `${base}-${number}`;
    if (!taken.has(candidate)) return candidate;
  }
}
