import type { StoredDecision, Truth } from "./decision.ts";
import type { TriageAction } from "./triage.ts";

interface Judged {
  /** Undefined where it says nothing either way. */
  readonly isRight: boolean | undefined;
  readonly because: string;
}

const nobodyKnows: Judged = { isRight: undefined, because: "Nobody saw what became of it." };
const noClaim: Judged = { isRight: undefined, because: "It claimed nothing: a person was to look." };

/** Whether a decision was right, by what became of the failure. */
export const judgements: Readonly<Record<TriageAction, Readonly<Record<Truth, Judged>>>> = {
  retry: {
    flake: { isRight: true, because: "The same commit passed when it ran again." },
    fixed: { isRight: false, because: "It took another commit, so that running it again was in vain." },
    main_recovered: { isRight: false, because: "It failed as long as the default branch did, however often it ran." },
    unknown: nobodyKnows,
  },
  fix_change: {
    flake: { isRight: false, because: "The same commit passed, so that nothing had to be changed." },
    fixed: { isRight: true, because: "It passed once somebody had changed it." },
    main_recovered: { isRight: false, because: "The default branch failed so, too: it was not this change." },
    unknown: nobodyKnows,
  },
  wait: {
    flake: { isRight: true, because: "It was over without a change, which is what one waits for." },
    fixed: { isRight: false, because: "It took a change: waiting alone would have helped nobody." },
    main_recovered: { isRight: true, because: "It was over once the default branch was." },
    unknown: nobodyKnows,
  },
  start_workflow: {
    flake: { isRight: true, because: "The same commit passed afterwards, with nothing in it changed." },
    fixed: { isRight: false, because: "It took another commit." },
    main_recovered: { isRight: false, because: "It was over once the default branch was, whatever had been started." },
    unknown: nobodyKnows,
  },
  ask_person: { flake: noClaim, fixed: noClaim, main_recovered: noClaim, unknown: noClaim },
};

/** Whether the decision was right; undefined where nobody knows yet, or ever. */
export const wasRight = ({ action, truth }: Pick<StoredDecision, "action" | "truth">): boolean | undefined =>
  truth === undefined ? undefined : judgements[action][truth].isRight;

/**
 * Whether "always retry once" would have been right in its place: the same commit passed, and at the first try where one was seen. Undefined
 * where that is not known.
 */
export function wouldRetryBeRight({ truth, again }: Pick<StoredDecision, "truth" | "again">): boolean | undefined {
  if (truth === undefined || truth === "unknown") return undefined;
  return truth === "flake" && again !== "failed";
}
