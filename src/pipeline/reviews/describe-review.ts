import { type Action, type Cell, type Fact, facts, type Mood, type Part, type Reply, text } from "../../reply.ts";
import { plainLine, plainText } from "../ai/plain-text.ts";
import { clipped } from "../logs/clipped.ts";
import { type Head, nextStep, shortSha } from "../next-step.ts";
import type { PicoUsd } from "../usage/money.ts";
import { showUsd } from "../usage/money.ts";
import { foldInWords } from "./finding.ts";
import { isMissed, type LeftOut, leftInWords } from "./left-out.ts";
import { severities } from "./review.ts";
import type { KeptFinding, ReviewState } from "./review-state.ts";
import type { Skip } from "./skip.ts";

const longestSummary = 3_000;
const mostRows = 40;
const mostFolded = 15;
const mostLeft = 30;
const longestTitle = 120;
const longestPath = 120;
const longestReason = 300;
/** A longer address leads nowhere that anybody reads, and many of them fill a comment. */
const longestAddress = 500;
const longestLine = 80;

/** As people know the channels. */
const channelWords = { gemini: "Gemini", o3: "o3" } as const;

/** A review, as it stands after what was found before is joined with it. */
export interface ToldReview {
  readonly state: ReviewState;
  /** The pull request's page. */
  readonly url: string;
  /** Where it is told, for the commands that it offers. */
  readonly surface: Head["surface"];
  /** What the model says of each part of the change; foreign text. */
  readonly summaries: readonly string[];
  readonly left: readonly LeftOut[];
  /** Only what changed since that commit was looked at. */
  readonly sinceSha?: string;
  /** How many findings were left out as there were more than are shown. */
  readonly dropped: number;
  /** The model that answered, and through what. */
  readonly answeredBy?: { readonly model: string; readonly service: string };
  /** What was to answer and could not, and why, in words. */
  readonly stoodIn?: readonly string[];
  /** Why some of the calls have no answer, in words. */
  readonly unanswered?: readonly string[];
  /** Absent where it may not be shown, or is not known. */
  readonly costPico?: PicoUsd;
  /** It may have cost more than is known. */
  readonly isCostUncertain?: true;
  /** Answers were kept from before: nothing was asked anew. */
  readonly isCached?: true;
}

/** The summary of a pull request's reviews by one channel: the one that is edited in place. */
export function describeReview(told: ToldReview): Reply {
  const { state, summaries, left } = told;
  const open = state.findings.filter((finding) => finding.state === "open");
  const summary = plainText(summaries.map((each) => each.trim()).join("\n\n"), longestSummary).trim();
  return {
    outcome: "done",
    reason: open.length > 0 ? "review_findings" : "review_clean",
    audience: "thread",
    parts: [
      text(reviewInOneLine(told), moodOf(open, left)),
      ...(summary === "" ? [] : [text(summary)]),
      ...(open.length > 0 ? [tableOf(open, told)] : []),
      ...foldedOf(open),
      ...leftOf(left),
      facts(...factsOf(told)),
    ],
    actions: [reviewAgain(told)],
  };
}

/** What it comes to, in at most 80 characters: for a phone, and the title of a check run. */
export function reviewInOneLine({ state, left }: Pick<ToldReview, "state" | "left">): string {
  const open = state.findings.filter((finding) => finding.state === "open");
  const counts = severities.flatMap((severity) => {
    const count = open.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}`];
  });
  const missed = new Set(left.filter(isMissed).map(({ path }) => path)).size;
  const found = counts.length === 0 ? "nothing found" : counts.join(", ");
  const rest = missed === 0 ? "" : ` · ${missed} ${missed === 1 ? "file" : "files"} not reviewed`;
  return clipped(`${channelWords[state.channel]} review of ${shortSha(state.sha)}: ${found}${rest}`, longestLine);
}

/** Nothing found is no good news where nobody looked. */
function moodOf(open: readonly KeptFinding[], left: readonly LeftOut[]): Mood {
  if (open.some(({ severity }) => severity === "critical" || severity === "high")) return "bad";
  return open.length > 0 || left.some(({ why }) => why === "not_answered") ? "idle" : "good";
}

function tableOf(open: readonly KeptFinding[], { state, url }: ToldReview): Part {
  const rows = open.slice(0, mostRows).map((finding) => ({
    mood: finding.severity === "critical" || finding.severity === "high" ? ("bad" as const) : ("idle" as const),
    cells: [
      `${finding.severity}${finding.foundAt === state.sha ? ", new" : ""}`,
      placeOf(finding, url),
      plainLine(finding.title, longestTitle),
    ],
  }));
  const more = open.length - rows.length;
  return { kind: "table", columns: ["Severity", "Where", "What"], rows, ...(more > 0 && { more: `and ${more} more` }) };
}

/** Leads to the lines as they stood when it was said last: they may have moved since. */
function placeOf({ path, line, endLine, seenAt, folded }: KeptFinding, url: string): Cell {
  const words = placeInWords({ path, ...(line !== undefined && { line }), ...(endLine !== undefined && { endLine }) });
  const repository = /^https?:\/\/[^/]+\/[^/]+\/[^/]+(?=\/pull\/)/.exec(url)?.[0];
  if (folded === "other_file" || repository === undefined) return words;
  const at = line === undefined ? "" : `#L${line}${endLine === undefined || endLine === line ? "" : `-L${endLine}`}`;
  const file = path.toWellFormed().split("/").map(encodeURIComponent).join("/");
  const address = `${repository}/blob/${seenAt}/${file}${at}`;
  return address.length > longestAddress ? words : { text: words, url: address };
}

/** `src/main.rs:12–14`; of a long path its end, which tells most. */
function placeInWords({ path, line, endLine }: Pick<KeptFinding, "path" | "line" | "endLine">): string {
  const whole = plainLine(path, 2 * longestPath);
  const name = whole.length <= longestPath ? whole : `…${whole.slice(1 - longestPath).toWellFormed()}`;
  if (line === undefined) return name;
  return `${name}:${line}${endLine === undefined || endLine === line ? "" : `–${endLine}`}`;
}

/** What cannot stand beside its line stands here, and why. */
function foldedOf(open: readonly KeptFinding[]): readonly Part[] {
  const folded = open.flatMap((finding) => (finding.folded ? [{ ...finding, folded: finding.folded }] : []));
  if (folded.length === 0) return [];
  const shown = folded.slice(0, mostFolded).map((finding) => ({
    label: placeInWords(finding),
    value: `${endedSentence(finding.title)} ${plainLine(finding.reason ?? "", longestReason)} (Not beside the code: ${foldInWords[finding.folded]}.)`,
  }));
  const more = folded.length - shown.length;
  return [facts(...shown), ...(more > 0 ? [text(`and ${more} more that cannot stand beside the code`)] : [])];
}

const endedSentence = (words: string): string => {
  const line = plainLine(words, longestTitle);
  return /[.!?…]$/.test(line) ? line : `${line}.`;
};

function leftOf(left: readonly LeftOut[]): readonly Part[] {
  if (left.length === 0) return [];
  const shown = left.toSorted((a, b) => Number(isMissed(b)) - Number(isMissed(a))).slice(0, mostLeft);
  const rows = shown.map(({ path, why, isPart }) => ({
    cells: [`${placeInWords({ path })}${isPart ? " (a part of it)" : ""}`, leftInWords[why]],
  }));
  const more = left.length - shown.length;
  return [{ kind: "table", columns: ["Not reviewed", "Because"], rows, ...(more > 0 && { more: `and ${more} more` }) }];
}

function factsOf({ state, sinceSha, dropped, answeredBy, stoodIn = [], unanswered = [], ...told }: ToldReview): readonly Fact[] {
  const gone = state.findings.filter(({ goneAt }) => goneAt === state.sha).length;
  return [
    { label: "Commit", value: shortSha(state.sha) },
    { label: "Looked at", value: sinceSha === undefined ? "the whole change" : `what changed since ${shortSha(sinceSha)}` },
    ...(gone > 0 ? [{ label: "Not found any more", value: String(gone) }] : []),
    ...(dropped > 0 ? [{ label: "Left out", value: `${dropped} more ${dropped === 1 ? "finding" : "findings"} of less weight` }] : []),
    ...(answeredBy
      ? [{ label: "Answered by", value: `${plainLine(answeredBy.model, 60)} through ${plainLine(answeredBy.service, 60)}` }]
      : []),
    ...stoodIn.slice(0, 5).map((words) => ({ label: "Stood in", value: plainLine(words, 200) })),
    ...unanswered.slice(0, 5).map((words) => ({ label: "Not answered", value: plainLine(words, 300) })),
    ...costOf(told),
  ];
}

function costOf({ costPico, isCostUncertain, isCached }: Pick<ToldReview, "costPico" | "isCostUncertain" | "isCached">): readonly Fact[] {
  if (costPico === undefined) return [];
  const known = isCached ? "nothing: the answer was kept" : showUsd(costPico);
  return [{ label: "Cost", value: isCostUncertain ? `${known}, and what else it took is not known` : known }];
}

const reviewAgain = ({ state, surface }: About): Action =>
  nextStep("Review again", `force-review ${state.channel}`, {
    surface,
    repository: state.repository,
    pullRequest: state.pullRequest,
    here: state.pullRequest,
    // Whoever asks again means what is there then.
    headSha: "",
  });

/** What a review is of, and where it is told. */
type About = Pick<ToldReview, "surface"> & { readonly state: Pick<ReviewState, "repository" | "pullRequest" | "channel" | "sha"> };

/** Why there is no review, and how to get one. */
export function describeSkipped({ words, why, canForce }: Skip, about: About): Reply {
  return {
    outcome: "not_applicable",
    reason: `review_skipped_${why}`,
    audience: "thread",
    parts: [text(`Not reviewed at ${shortSha(about.state.sha)}`, "idle"), text(words)],
    ...(canForce && { actions: [{ ...reviewAgain(about), label: "Review it all the same" }] }),
  };
}

export interface FailedReview extends About {
  /** A code for the audit: `quota`. */
  readonly failure: string;
  /** What went wrong and what helps, in a sentence or two. */
  readonly words: string;
  /** What was found before, where anything was: it stays. */
  readonly before?: ReviewState;
}

/** A review that failed is seen: it is no clean one. */
export function describeFailed({ failure, words, before, ...about }: FailedReview): Reply {
  const open = before?.findings.filter(({ state }) => state === "open").length ?? 0;
  const since = before && `The review of ${shortSha(before.sha)} before it had ${open === 0 ? "no findings" : `${open} open`}.`;
  return {
    outcome: "failed",
    reason: `review_${failure}`,
    audience: "thread",
    parts: [
      text(`${channelWords[about.state.channel]} review of ${shortSha(about.state.sha)} failed`, "bad"),
      text(plainText(words, 600)),
      ...(since === undefined ? [] : [text(since)]),
    ],
    actions: [reviewAgain(about)],
  };
}
