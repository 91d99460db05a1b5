/** How often designs are asked for. */
export interface DesignLimits {
  readonly perDay: number;
  readonly perHour: number;
  /** From one to the next. */
  readonly cooldownMs: number;
  /** What sessions of Claude Code ask for is answered too. */
  readonly isForSessions: boolean;
}
