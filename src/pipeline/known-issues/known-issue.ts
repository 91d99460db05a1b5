/** A failure that somebody has explained before, as `config/known-issues.json` has it (schema 1.0). */
export interface KnownIssue {
  /** `sigill-cpu-variant` */
  readonly id: string;
  /** The phase it belongs to; in every phase when absent. */
  readonly phase?: string;
  readonly category: string;
  /** Jobs whose name holds one of these; every job when empty. */
  readonly cpuVariants: readonly string[];
  /** RE2, on single lines of the masked log. */
  readonly errorPattern: string;
  /** RE2: each fits some line of the log. */
  readonly contextPatterns: readonly string[];
  readonly description: string;
  readonly autoFix?: AutoFix;
  readonly references: readonly string[];
}

/**
 * What helps against it. `retry` runs the failed jobs again, `workflow` starts the workflow file `script` of the repository; every other
 * type is for people, and `script` is shown to them and never run.
 */
export interface AutoFix {
  readonly type: "retry" | "workflow" | "manual";
  readonly script: string;
  /** 0 to 1. */
  readonly confidence: number;
}

/** A known issue that fits a log. */
export interface KnownMatch {
  readonly id: string;
  readonly category: string;
  readonly description: string;
  readonly autoFix?: AutoFix;
  /** The line that fitted, masked, at most 300 characters. */
  readonly line: string;
  readonly references: readonly string[];
}
