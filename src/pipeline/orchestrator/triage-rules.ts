/** What the orchestrator may do for a repository, as the settings file has it. */
export interface TriageRules {
  /** `off`: no model is asked. `suggest`: what it would do is shown. `act`: what is allowed and sure enough is done. */
  readonly mode: "off" | "suggest" | "act";
  /** What is less sure is for people. */
  readonly minConfidence: number;
  readonly retry: boolean;
  /** Files of workflows that may be started. */
  readonly workflows: readonly string[];
  /** A new failure that came more often than this becomes a design question; 0 asks none. */
  readonly designAfter: number;
}
