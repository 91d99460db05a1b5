import { type Action, facts, type Part, type Reply, text } from "../../../reply.ts";
import { describeVerdict, ratesOnMain } from "../../failures/describe-verdict.ts";
import type { Diagnosis, FailedJob } from "../../failures/diagnosis.ts";
import { fixParts } from "../../failures/fix-parts.ts";
import { proposeKnownIssue } from "../../known-issues/propose.ts";
import { clipped } from "../../logs/clipped.ts";
import { type Head, nextStep, shortSha } from "../../next-step.ts";
import { type Incident, incidentName } from "../incident.ts";
import { describeParts, partFacts, partInWords, sharedBy } from "./part-of.ts";
import { type PullFailures, type PullRun, type Standing, standingOf } from "./pull-failures.ts";

const mostWorkflows = 5;
const mostJobs = 10;
const mostKnown = 3;
const longestName = 100;

/** What the comment is made of besides: what was found out about each run, by its id, and the incidents, by their number. */
export interface Found {
  readonly diagnoses: ReadonlyMap<number, Diagnosis>;
  readonly incidents: ReadonlyMap<number, Incident>;
  /** What it cost in all, and what is said of the cost of flaky jobs, by the run's id; absent where it is not told. */
  readonly costs?: { readonly spent: readonly Part[]; readonly flakes: ReadonlyMap<number, readonly string[]> };
}

/** What the status comment of a pull request says. All of it follows from what is stored. */
export function describePull(pull: PullFailures, found: Found): Reply {
  const standing = standingOf(pull);
  const { red, headSha } = standing;
  const shown = red.slice(0, mostWorkflows);
  const out = headSha === "" || pull.out?.headSha === headSha ? pull.out : undefined;
  const more = red.length - shown.length;
  const actions = actionsOf(pull, standing, found);
  return {
    outcome: "done",
    reason: red.length > 0 ? "pull_red" : "pull_green",
    audience: "thread",
    parts: [
      ...(out ? [text(outInWords(out.reason), "bad")] : []),
      ...(red.length === 0 && (standing.hasFailed || !out) ? [withoutRed(standing)] : []),
      ...shown.flatMap((run) => describeRun(run, found)),
      ...(more > 0 ? [text(`${more} more ${more === 1 ? "workflow" : "workflows"} failed.`)] : []),
      ...(found.costs?.spent ?? []),
    ],
    ...(actions.length > 0 && { actions }),
  };
}

/** GitHub's reasons are words of its own, as `CI_FAILURE`. */
export const outInWords = (reason: string): string =>
  `Taken out of the merge queue: ${clipped(reason.toLowerCase().replaceAll("_", " "), longestName)}`;

function withoutRed({ headSha, awaited, hasFailed }: Standing): Part {
  const at = headSha === "" ? "" : ` at ${shortSha(headSha)}`;
  if (hasFailed && awaited.length === 0) return text(`All green again${at}`, "good");
  const names = awaited.slice(0, mostWorkflows).map(nameOf);
  return text(`Nothing has failed${at} so far.${names.length > 0 ? ` Before, ${names.join(", ")} did.` : ""}`, "idle");
}

const nameOf = ({ workflow, place }: PullRun): string =>
  `${clipped(workflow, longestName)}${place === "queue" ? " in the merge queue" : ""}`;

const runInWords = (run: PullRun): string => `${nameOf(run)} at ${shortSha(run.headSha)}`;

function describeRun(run: PullRun, { diagnoses, incidents, costs }: Found): readonly Part[] {
  const diagnosis = diagnoses.get(run.runId);
  const { shared, isAll } = sharedBy(run, diagnosis, incidents);
  const [whole] = isAll ? shared : [];
  const queued = run.incident === undefined ? undefined : incidents.get(run.incident);
  const link = { label: "Run", value: { text: `#${run.number}`, url: run.url } };
  const own = queued ? [{ label: "Incident", value: `${incidentName(queued)}, ${ownerInWords(queued)}` }] : [];
  const first = diagnosis?.jobs.find(({ firstError }) => firstError !== undefined)?.firstError;
  return [
    ...(whole
      ? [text(`Not you: ${runInWords(run)} is ${partInWords(whole.incident)}`, "idle"), ...describeParts(shared.slice(1))]
      : [text(`${runInWords(run)} failed`, "bad"), ...(diagnosis ? describeVerdict(diagnosis) : []), ...describeParts(shared)]),
    facts(link, ...own, ...(whole ? partFacts(whole.incident) : [])),
    ...(diagnosis ? jobsOf(diagnosis) : []),
    ...(first === undefined ? [] : [{ kind: "excerpt", text: first } as const]),
    ...(diagnosis ? ratesOnMain([diagnosis], whole ? [] : diagnosis.evidence).map((rate) => text(rate)) : []),
    ...(costs?.flakes.get(run.runId) ?? []).map((line) => text(line)),
    ...(diagnosis ? knownIn(diagnosis.jobs) : []),
    ...run.fixes.flatMap(fixParts),
  ];
}

const ownerInWords = ({ owner, resolved }: Incident): string =>
  resolved ? "which is over" : owner ? `which ${clipped(owner.person.name, longestName)} has` : "which nobody has taken yet";

function jobsOf({ jobs, otherJobs = [], moreJobs }: Diagnosis): readonly Part[] {
  const named = [
    ...jobs.map(({ name, url }) => ({ text: clipped(name, longestName), url })),
    ...otherJobs.map((name) => clipped(name, longestName)),
  ];
  // Those that are only named are among them.
  const left = Math.max(jobs.length + Math.max(moreJobs, otherJobs.length) - Math.min(named.length, mostJobs), 0);
  const rows = named.slice(0, mostJobs).map((cell) => ({ mood: "bad", cells: [cell] }) as const);
  return rows.length === 0 ? [] : [{ kind: "table", columns: ["Failed job"], rows, ...(left > 0 && { more: `and ${left} more` }) }];
}

function knownIn(jobs: readonly FailedJob[]): readonly Part[] {
  const known = new Map(jobs.flatMap((job) => (job.known ? [[job.known.id, job.known] as const] : [])));
  return [...known.values()].slice(0, mostKnown).map(({ id, description, autoFix }) => {
    const help =
      autoFix &&
      { retry: "Another attempt helps.", workflow: `${autoFix.script} helps.`, manual: `What helps: ${autoFix.script}` }[autoFix.type];
    return text([`Known issue ${id}: ${description}`, ...(help === undefined ? [] : [help])].join(description.endsWith(".") ? " " : ". "));
  });
}

/** What a person can do now. What is broken for all is not retried before it is over. */
function actionsOf({ repository, number }: PullFailures, { red, headSha }: Standing, { diagnoses, incidents }: Found): readonly Action[] {
  const head = { surface: "github", repository, pullRequest: number, here: number, headSha } as const;
  const theirs = red.filter((run) => run.place === "pull" && isTheirTurn(run, diagnoses.get(run.runId), incidents));
  const actions = [
    ...(theirs.length > 0 ? [nextStep("Retry failed jobs", "retry-job --failed", head)] : []),
    ...theirs.flatMap(({ fixes }) => fixes.flatMap(({ action }) => (action && !action.command.startsWith("retry-job") ? [action] : []))),
    ...theirs.flatMap((run) => proposalsOf(diagnoses.get(run.runId), head)).slice(0, 1),
    ...(red.length > 0 ? [nextStep("Status", "status", { ...head, headSha: "" })] : []),
  ];
  return [...new Map(actions.map((action) => [action.command, action])).values()];
}

/** What nobody has explained may be worth an entry: not what the change itself broke. */
function proposalsOf(diagnosis: Diagnosis | undefined, head: Head): readonly Action[] {
  if (!diagnosis || diagnosis.verdict === "yours" || diagnosis.verdict === "broken_on_main") return [];
  const unexplained = diagnosis.jobs.find(({ known, signature }) => known === undefined && signature !== undefined);
  return unexplained ? [proposeKnownIssue(unexplained.name, head)] : [];
}

function isTheirTurn(run: PullRun, diagnosis: Diagnosis | undefined, incidents: Found["incidents"]): boolean {
  const { shared, isAll } = sharedBy(run, diagnosis, incidents);
  return !isAll || shared.every(({ incident }) => incident.resolved !== undefined);
}
