import type { TriageRules } from "../orchestrator/triage-rules.ts";

/** A repository whose failures are followed, as the settings file has it. */
export interface Followed {
  readonly repository: string;
  /** Id of the Slack channel that hears of its incidents. */
  readonly channel: string;
  /** Patterns; the default branch and protected ones when absent. */
  readonly branches?: readonly string[] | undefined;
  /** Name of the on-call schedule. */
  readonly onCall?: string | undefined;
  readonly autoFix: { readonly mode: "suggest" | "act"; readonly retry: boolean; readonly workflows: readonly string[] };
  readonly triage: TriageRules;
  readonly postMortem: boolean;
}
