import { fullName } from "../pipeline/match-by-name.ts";
import { countOf, type Job, type JobState, jobStates, type Pipeline, rollup } from "../pipeline/pipelines.ts";
import { type Cell, done, type Fact, facts, type Mood, type Part, type Reply, type Row, text } from "../reply.ts";

const mostRows = 12;

const moods: Record<JobState, Mood> = {
  failed: "bad",
  cancelled: "bad",
  stale: "bad",
  running: "busy",
  queued: "busy",
  waiting: "busy",
  passed: "good",
  neutral: "idle",
  skipped: "idle",
};

const rollupMoods: Record<ReturnType<typeof rollup>, Mood> = { failed: "bad", running: "busy", passed: "good", none: "idle" };

/** Says how a pipeline stands: the headline, the counts, and every job that is not simply fine. */
export function describePipeline(pipeline: Pipeline): Reply {
  const { subject, counts, jobs, headSha, headUrl } = pipeline;
  const state = rollup(pipeline);
  const total = countOf(counts);
  const unfinished = jobs.filter((job) => !["passed", "neutral", "skipped"].includes(job.state)).toSorted(byUrgency);

  const parts: Part[] = [text(headline(pipeline, state), rollupMoods[state])];
  const items: Fact[] = [{ label: "Commit", value: { text: headSha.slice(0, 7), url: headUrl } }];
  if (total > 0) items.push({ label: "Jobs", value: countsInWords(counts) });
  // What is required is known of a pull request only.
  if (total > 0 && subject.kind === "pull_request") items.push({ label: "Required", value: required(jobs, total) });
  parts.push(facts(...items));
  if (unfinished.length > 0)
    parts.push({ kind: "table", columns: ["State", "Job"], rows: unfinished.slice(0, mostRows).map(toRow), ...more(unfinished.length) });

  const link =
    subject.kind === "pull_request"
      ? { text: `#${subject.number} on GitHub`, url: subject.url }
      : { text: `${subject.name} on GitHub`, url: headUrl };
  return { ...done(`pipeline_${state}`, ...parts), link };
}

function headline(pipeline: Pipeline, state: ReturnType<typeof rollup>): string {
  const { subject, repository } = pipeline;
  if (subject.kind === "ref") return `${subject.name}: ${inWords(pipeline, state)} · ${repository}`;
  const ended = subject.state === "open" ? "" : ` (${subject.state})`;
  return `#${subject.number}: ${inWords(pipeline, state)} · ${subject.title}${ended}`;
}

function inWords({ counts, jobs }: Pipeline, state: ReturnType<typeof rollup>): string {
  const total = countOf(counts);
  if (state === "none") return "no checks yet";
  if (state === "running")
    return `${(counts.running ?? 0) + (counts.queued ?? 0) + (counts.waiting ?? 0)} of ${total} jobs still to finish`;
  if (state === "passed" && counts.passed !== total) return `green, with ${countsInWords(counts)}`;
  if (state === "passed") return total === 1 ? "its one job is green" : `all ${total} jobs are green`;

  const red = (counts.failed ?? 0) + (counts.cancelled ?? 0) + (counts.stale ?? 0);
  const only = red === 1 ? jobs.find((job) => redEnds[job.state]) : undefined;
  return only ? `${only.name} ${redEnds[only.state]}` : `${red} of ${total} jobs ${red === 1 ? "is" : "are"} red`;
}

const redEnds: Partial<Record<JobState, string>> = { failed: "failed", cancelled: "was cancelled", stale: "went stale" };

function countsInWords(counts: Pipeline["counts"]): string {
  return jobStates
    .filter((state) => counts[state])
    .map((state) => `${counts[state]} ${state}`)
    .join(", ");
}

function required(jobs: readonly Job[], total: number): string {
  const needed = jobs.filter((job) => job.isRequired);
  const unseen = jobs.length < total ? ` among the first ${jobs.length} jobs` : "";
  if (needed.length === 0) return `none${unseen}`;
  return `${needed.filter((job) => job.state === "passed").length} of ${needed.length} passed${unseen}`;
}

function toRow(job: Job): Row {
  const name = fullName(job);
  const label: Cell = job.url ? { text: name, url: job.url } : name;
  return { mood: moods[job.state], cells: [job.isRequired ? `${job.state}, required` : job.state, label] };
}

function byUrgency(one: Job, other: Job): number {
  return (
    jobStates.indexOf(one.state) - jobStates.indexOf(other.state) ||
    Number(other.isRequired) - Number(one.isRequired) ||
    one.name.localeCompare(other.name)
  );
}

const more = (count: number): { more?: string } => (count > mostRows ? { more: `and ${count - mostRows} more` } : {});
