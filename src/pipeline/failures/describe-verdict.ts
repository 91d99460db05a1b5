import { type Mood, type Part, type Row, text } from "../../reply.ts";
import { clipped } from "../logs/clipped.ts";
import type { Diagnosis, Evidence, Verdict } from "./diagnosis.ts";
import { failedOnMain } from "./words.ts";

const mostEvidence = 4;
const mostTests = 3;
const mostRates = 3;
const longestTest = 100;

const headlines: Readonly<Record<Verdict, string>> = {
  yours: "Yours",
  flaky: "Looks flaky",
  broken_on_main: "Not you: broken on main",
  infrastructure: "Infrastructure",
  unknown: "I cannot tell whose it is",
};

const moods: Readonly<Record<Verdict, Mood>> = {
  yours: "bad",
  flaky: "idle",
  broken_on_main: "idle",
  infrastructure: "idle",
  unknown: "idle",
};

/** The verdict in a few words: `Infrastructure: test-rust: the runner was lost`. */
export function verdictInWords({ verdict, evidence }: Pick<Diagnosis, "verdict" | "evidence">): string {
  const [first] = evidence;
  return verdict === "infrastructure" && first ? `${headlines.infrastructure}: ${first.text}` : headlines[verdict];
}

/** Whose failure it is, why that is thought, and which tests failed. */
export function describeVerdict(diagnosis: Pick<Diagnosis, "verdict" | "evidence" | "jobs" | "moreJobs">): Part[] {
  const { verdict, evidence } = diagnosis;
  const reasons = verdict === "infrastructure" ? evidence.slice(1) : evidence;
  const tests = failedTests(diagnosis);
  return [
    text(verdictInWords(diagnosis), moods[verdict]),
    ...(reasons.length > 0 ? [{ kind: "table", columns: ["Why"], rows: reasons.slice(0, mostEvidence).map(toRow) } as const] : []),
    ...(tests === undefined ? [] : [text(tests)]),
  ];
}

/**
 * `test-rust failed in 4 of the last 20 runs on main.`, for whoever is about to run them again; each job once.
 *
 * @param said what the verdict says already
 */
export function ratesOnMain(diagnoses: readonly Pick<Diagnosis, "jobs">[], said: readonly Evidence[] = []): readonly string[] {
  const isSaid = new Set(said.slice(0, mostEvidence).map((one) => one.text));
  const sentences = diagnoses.flatMap(({ jobs }) => jobs.flatMap((job) => failedOnMain(job) ?? [])).filter((one) => !isSaid.has(one));
  return [...new Set(sentences)].slice(0, mostRates).map((sentence) => `${sentence}.`);
}

const toRow = ({ text: said, url }: Evidence): Row => ({ cells: [url === undefined ? said : { text: said, url }] });

function failedTests({ jobs }: Pick<Diagnosis, "jobs">): string | undefined {
  const names = [...new Set(jobs.flatMap((job) => job.failedTests))];
  if (names.length === 0) return undefined;
  const shown = names.slice(0, mostTests).map((name) => clipped(name, longestTest));
  const more = names.length - shown.length + jobs.reduce((sum, { moreFailedTests }) => sum + moreFailedTests, 0);
  const label = names.length === 1 && more === 0 ? "Failed test" : "Failed tests";
  return `${label}: ${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
