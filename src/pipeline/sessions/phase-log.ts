import type { Phase, PhasePlan } from "../phases/phases.ts";

/** That the work in a checkout went on to a phase. */
export interface PhaseEntered {
  /** `phase-2` */
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly by: string;
  readonly reason?: string;
}

/** The phases that the work in a checkout was in; this history only grows. */
export interface PhaseLog {
  /** The one that was entered last; undefined while nobody has said any. */
  current(): PhaseEntered | undefined;
  /** Newest first. */
  history(most: number): readonly PhaseEntered[];
  /** The same phase at the same moment again changes nothing. */
  enter(phase: PhaseEntered): void;
}

/** Where the work in a checkout is. */
export interface PhaseHere {
  readonly id: string;
  /** Absent where the settings describe no such phase. */
  readonly phase?: Phase;
  /** The one after it in the settings. */
  readonly next?: Phase;
  /** Absent before anybody has said it: then it is the first one of the settings. */
  readonly entered?: PhaseEntered;
}

/** @returns undefined where no phase is configured and nobody has said one */
export function phaseHere(plan: PhasePlan | undefined, entered: PhaseEntered | undefined): PhaseHere | undefined {
  const id = entered?.id ?? plan?.phases[0].id;
  if (id === undefined) return undefined;
  const index = plan?.phases.findIndex((phase) => phase.id === id) ?? -1;
  const [phase, next] = index < 0 ? [] : (plan?.phases.slice(index, index + 2) ?? []);
  return { id, ...(phase && { phase }), ...(next && { next }), ...(entered && { entered }) };
}

/** `phase-2 LLVM Backend Modifications` */
export const phaseHereInWords = ({ id, phase }: PhaseHere): string => (phase ? `${id} ${phase.name}` : id);
