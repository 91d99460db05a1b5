import { isSameName } from "../same-name.ts";
import type { FinishedRun } from "./finished-run.ts";
import { matchesAnyGlob } from "./glob.ts";
import { type ChannelPolicy, type Conclusion, defaultConclusions, defaultEvents, type Rule } from "./rule.ts";
import { isFailure, type Transition } from "./standing.ts";

/** A channel's rules: those of the file, and those that people subscribed to. */
export interface EffectivePolicy {
  readonly channel: ChannelPolicy;
  readonly subscribed: readonly Rule[];
}

/** What the run itself does not say. `unknown`: it was asked for, and GitHub will not tell. */
export interface Facts {
  readonly changed?: readonly string[] | "unknown";
  /** By `organisation/team`: whether who started the run is in it. */
  readonly teams?: Readonly<Record<string, boolean | "unknown">>;
}

export type Decision =
  | { readonly kind: "quiet" }
  /** `unchecked` names what could not be looked up: then the channel is rather told too much. */
  | { readonly kind: "tell"; readonly unchecked: readonly ("paths" | "teams")[] }
  /** It depends on these facts; decide again with them. */
  | { readonly kind: "ask"; readonly changed: boolean; readonly teams: readonly string[] };

/** A private repository speaks only where the file, which maintainers review, binds it. */
export const mayHearOf = ({ isPrivate, repository }: FinishedRun, { repositories }: ChannelPolicy): boolean =>
  !isPrivate || repositories.some((one) => isSameName(one, repository));

/** Whether the channel hears of the run. One rule that fits is enough. */
export function decide({ channel, subscribed }: EffectivePolicy, run: FinishedRun, transition: Transition, facts: Facts = {}): Decision {
  if (!mayHearOf(run, channel)) return { kind: "quiet" };
  const ofFile = (channel.notify ?? []).map((rule) => ({ ...rule, repositories: rule.repositories ?? channel.repositories }));
  const rules = [...ofFile, ...subscribed].filter((rule) => fits(rule, run, transition));

  const verdicts = rules.map((rule) => weigh(rule, facts));
  const told = verdicts
    .filter((verdict) => verdict.kind === "tell")
    .toSorted((one, other) => one.unchecked.length - other.unchecked.length)[0];
  if (told?.unchecked.length === 0) return told;
  const asked = verdicts.filter((verdict) => verdict.kind === "ask");
  if (asked.length > 0) {
    return { kind: "ask", changed: asked.some(({ changed }) => changed), teams: [...new Set(asked.flatMap(({ teams }) => teams))] };
  }
  return told ?? { kind: "quiet" };
}

function fits(rule: Rule, run: FinishedRun, transition: Transition): boolean {
  const { repositories = [], workflows, branches, events = defaultEvents, actors, bots = "in", conclusions = defaultConclusions } = rule;
  return (
    repositories.some((one) => isSameName(one, run.repository)) &&
    (workflows === undefined || matchesAnyGlob(workflows, run.workflow)) &&
    (branches === undefined || matchesAnyGlob(branches, run.branch)) &&
    events.includes(run.event) &&
    (actors?.only === undefined || actors.only.some((one) => isSameName(one, run.actor.login))) &&
    !actors?.not?.some((one) => isSameName(one, run.actor.login)) &&
    (bots === "in" || !run.actor.isBot) &&
    hasConclusion(conclusions, run, transition) &&
    (rule.attempts !== "first" || run.attempt === 1 || !isFailure(run.conclusion))
  );
}

const hasConclusion = (wanted: readonly Conclusion[], { conclusion }: FinishedRun, transition: Transition): boolean =>
  wanted.includes(conclusion) || (transition === "recovered" && wanted.includes("recovered"));

function weigh({ paths, teams }: Rule, { changed, teams: known }: Facts): Decision {
  const asksChanged = paths !== undefined && changed === undefined;
  const asksTeams = (teams ?? []).filter((team) => known?.[team] === undefined);
  // What is known already may settle it.
  if (paths && changed && changed !== "unknown" && !changed.some((file) => matchesAnyGlob(paths, file))) return { kind: "quiet" };
  if (teams && asksTeams.length === 0 && teams.every((team) => known?.[team] === false)) return { kind: "quiet" };
  const isInTeam = teams?.some((team) => known?.[team] === true) ?? true;
  if (asksChanged || (asksTeams.length > 0 && !isInTeam)) return { kind: "ask", changed: asksChanged, teams: isInTeam ? [] : asksTeams };
  return {
    kind: "tell",
    unchecked: [...(paths && changed === "unknown" ? ["paths" as const] : []), ...(isInTeam ? [] : ["teams" as const])],
  };
}
