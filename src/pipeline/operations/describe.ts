import { type Action, type Outcome, type Part, type Reply, type Row, text } from "../../reply.ts";
import { allowAutomatic, type Head, nextStep, quoted } from "../next-step.ts";
import { endWords, inWords, moodOf, where } from "./in-words.ts";
import type { Operation } from "./operations.ts";

const mostRows = 12;

/**
 * Says how a wish stands, from its operations alone, so that the reply can be told again whenever one of them moves.
 *
 * @param operations all of one wish, at least one
 */
export function describe(operations: readonly Operation[]): Reply {
  const [first] = operations;
  if (!first) throw new Error("A wish without operations cannot be described.");
  const outcome = outcomeOf(operations);
  const actions = nextSteps(operations);
  return {
    outcome,
    reason: reasonOf(operations.find((operation) => outcomeOf([operation]) === outcome) ?? first, outcome),
    // What was done is everyone's to see; what was refused concerns who asked.
    audience: operations.every(({ end }) => end?.kind === "refused") ? "asker" : "thread",
    parts: [...(operations.length === 1 ? aboutOne(first) : aboutSeveral(operations)), ...rates(operations)],
    ...(actions.length > 0 && { actions }),
    ...(operations.length === 1 && first.wish.url !== "" && { link: { text: `${first.wish.workflow} on GitHub`, url: first.wish.url } }),
  };
}

function outcomeOf(operations: readonly Operation[]): Outcome {
  const [first] = operations;
  if (first?.end?.kind === "refused" && operations.every(({ end }) => end?.kind === "refused")) return first.end.outcome;
  if (operations.some(({ stage }) => stage === "asked")) return "uncertain";
  if (operations.every(({ isJoined }) => isJoined)) return "joined";
  return operations.some(({ stage }) => stage === "waiting") ? "queued" : "done";
}

function reasonOf({ kind, stage, end }: Operation, outcome: Outcome): string {
  if (end?.kind === "refused") return end.reason;
  if (end) return `${kind}_${end.state}`;
  return outcome === "joined" ? `${kind}_joined` : `${kind}_${stage}`;
}

function aboutOne(operation: Operation): Part[] {
  const { sentence, mood } = inWords(operation);
  const joined = operation.isJoined && !operation.end ? [text("Somebody asked for that already, so I joined in.")] : [];
  const debug = operation.wish.debug && !operation.end ? [text("With debug logging.")] : [];
  return [text(sentence, mood), ...joined, ...debug, ...backoffNotes([operation]), ...jobRows(operation)];
}

function aboutSeveral(operations: readonly Operation[]): Part[] {
  const [first] = operations;
  const open = operations.filter(({ stage }) => stage !== "ended").length;
  const red = operations.some(({ end }) => end?.kind === "refused" || (end && moodOf(end.state) === "bad"));
  const place = first ? where(first) : "";
  const headline =
    open > 0 ? `${operations.length} workflows on ${place}: ${open} under way` : `${operations.length} workflows on ${place} have ended`;
  const rows = operations.map((operation): Row => {
    const { mood, sentence } = inWords(operation);
    return { mood, cells: [{ text: operation.wish.workflow, url: operation.wish.url }, sentence] };
  });
  const table: Part = { kind: "table", columns: ["Workflow", "How it stands"], rows };
  return [text(headline, open > 0 ? "busy" : red ? "bad" : "good"), table, ...backoffNotes(operations)];
}

/** Until it is known whether this one helped. */
const backoffNotes = (operations: readonly Operation[]): Part[] =>
  operations.flatMap(({ stage, wish }) => (stage !== "ended" && wish.backoff !== undefined ? [text(wish.backoff)] : []));

/** Who knows how often a job fails elsewhere may not wait for it. */
function rates(operations: readonly Operation[]): Part[] {
  const underWay = operations.filter(({ stage }) => stage !== "ended");
  return [...new Set(underWay.flatMap(({ wish }) => wish.rates ?? []))].map((sentence) => text(sentence));
}

/** The jobs that decide it, unless the sentence has said it all. */
function jobRows({ end, wish }: Operation): Part[] {
  if (end?.kind !== "concluded" || wish.oneJob || end.jobs.length === 0 || (wish.jobs.length === 1 && end.jobs.length === 1)) return [];
  const rows = end.jobs
    .slice(0, mostRows)
    .map(({ name, state, url }) => ({ mood: moodOf(state), cells: [endWords[state], { text: name, url }] }));
  const more = end.jobs.length > mostRows ? { more: `and ${end.jobs.length - mostRows} more` } : {};
  return [{ kind: "table", columns: ["State", "Job"], rows, ...more }];
}

function nextSteps(operations: readonly Operation[]): Action[] {
  const stopped = operations.find(({ stage, wish }) => stage !== "ended" && wish.backoff !== undefined);
  if (stopped) return [nextStep(allowAutomatic, "clear-backoff", toHead(stopped))];
  if (operations.some(({ stage }) => stage !== "ended")) return [];
  const cancelled = operations.find(({ kind, end }) => kind === "cancel" && end?.kind === "concluded" && end.state === "cancelled");
  if (cancelled) return [nextStep("Run it again", "retry-job --failed", toHead(cancelled))];
  const failed = operations.find(({ end }) => end?.kind === "concluded" && end.state === "failed");
  if (!failed) return [];

  const head = toHead(failed);
  const job = failed.end?.kind === "concluded" ? failed.end.jobs.find(({ state }) => state === "failed") : undefined;
  const log = job ? [nextStep("Show the log", `get-logs ${quoted(job.name)}`, head)] : [];
  return [...log, nextStep("Retry failed jobs", "retry-job --failed", head)];
}

function toHead({ asker, repository, wish: { pullRequest, ref, headSha } }: Operation): Head {
  return {
    surface: asker.surface,
    repository,
    headSha,
    ...(asker.pullRequest !== undefined && { here: asker.pullRequest }),
    ...(pullRequest !== undefined && { pullRequest }),
    ...(ref !== undefined && { ref }),
  };
}
