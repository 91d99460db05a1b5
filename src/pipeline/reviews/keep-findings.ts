import type { Finding } from "./finding.ts";
import type { LeftOut } from "./left-out.ts";
import { severities } from "./review.ts";
import type { KeptFinding, ReviewOf, ReviewState } from "./review-state.ts";

/** What is kept of findings that are gone, so that they are not posted a second time when they come back. */
const mostKept = 300;

/** What a review has come to. */
export interface Reviewed extends ReviewOf {
  readonly sha: string;
  /** `increment`: only what changed since the last one was looked at. */
  readonly scope: "full" | "increment";
  /** The files that were looked at, whole or in part. */
  readonly paths: readonly string[];
  readonly left: readonly LeftOut[];
  /** All files of the change are among the two; false where GitHub did not list all. */
  readonly isWhole: boolean;
  readonly findings: readonly Finding[];
}

export interface Kept {
  readonly state: ReviewState;
  /** Those to post beside their lines now: none of them was before. */
  readonly toPost: readonly Finding[];
}

/** Joins a review with what was found before. The same review joined twice changes nothing the second time. */
export function keepFindings(before: ReviewState | undefined, reviewed: Reviewed): Kept {
  const { repository, pullRequest, channel, sha } = reviewed;
  const known = new Map(before?.findings.map((finding) => [finding.fingerprint, finding]));
  const said = new Map(reviewed.findings.map((finding) => [finding.fingerprint, finding]));
  const isOver = overIn(reviewed);
  const now = [...said.values()].map((finding) => toKept(finding, known.get(finding.fingerprint), sha));
  const others = [...known.values()].filter(({ fingerprint }) => !said.has(fingerprint));
  const rest = others.map((each): KeptFinding => (each.state === "open" && isOver(each) ? { ...each, state: "gone", goneAt: sha } : each));
  const findings = [...now, ...rest].toSorted(byState).slice(0, mostKept);
  const toPost = [...said.values()].filter(
    ({ fingerprint, folded }) => folded === undefined && known.get(fingerprint)?.inlineAt === undefined,
  );
  return { state: { repository, pullRequest, channel, sha, findings }, toPost };
}

/** Notes that these stand beside their lines by now. */
export function markPosted(state: ReviewState, fingerprints: readonly string[], sha: string): ReviewState {
  const posted = new Set(fingerprints);
  const findings = state.findings.map((each) => (posted.has(each.fingerprint) && !each.inlineAt ? { ...each, inlineAt: sha } : each));
  return { ...state, findings };
}

function toKept(finding: Finding, known: KeptFinding | undefined, sha: string): KeptFinding {
  const { suggestion: _, reason, ...rest } = finding;
  return {
    ...rest,
    state: "open",
    foundAt: known?.state === "open" ? known.foundAt : sha,
    seenAt: sha,
    ...(known?.inlineAt !== undefined && { inlineAt: known.inlineAt }),
    ...(finding.folded && { reason }),
  };
}

/** Whether what was found before, and is not said now, is over: only where somebody could have said it again. */
function overIn({ scope, paths, left, isWhole }: Reviewed): (finding: KeptFinding) => boolean {
  const read = new Set(paths);
  const unread = new Set(left.flatMap(({ path, why }) => (why === "removed" ? [] : [path])));
  const removed = new Set(left.flatMap(({ path, why }) => (why === "removed" ? [path] : [])));
  return ({ path }) => {
    if (unread.has(path)) return false;
    if (read.has(path) || removed.has(path)) return true;
    // The change touches it no more.
    return scope === "full" && isWhole;
  };
}

const byState = (a: KeptFinding, b: KeptFinding): number =>
  Number(a.state === "gone") - Number(b.state === "gone") || severities.indexOf(a.severity) - severities.indexOf(b.severity);
