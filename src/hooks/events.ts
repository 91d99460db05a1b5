/** What is registered for each event of Claude Code that we look at. https://docs.claude.com/en/docs/claude-code/hooks */
export interface HookEventFacts {
  /** As Claude Code calls it. */
  readonly name: string;
  /** Claude Code ends the process then. */
  readonly timeoutSeconds: number;
  /** A guard of this event that cannot run stops what it was to look at. */
  readonly isGuarded: boolean;
}

/** By the word of `nextrust hook <event>`. */
export const hookEvents = {
  "post-tool-use": { name: "PostToolUse", timeoutSeconds: 300, isGuarded: false },
  "post-tool-use-failure": { name: "PostToolUseFailure", timeoutSeconds: 300, isGuarded: false },
  "pre-tool-use": { name: "PreToolUse", timeoutSeconds: 90, isGuarded: true },
  "session-end": { name: "SessionEnd", timeoutSeconds: 60, isGuarded: false },
  "session-start": { name: "SessionStart", timeoutSeconds: 30, isGuarded: false },
  stop: { name: "Stop", timeoutSeconds: 60, isGuarded: false },
  "user-prompt-submit": { name: "UserPromptSubmit", timeoutSeconds: 30, isGuarded: true },
} as const satisfies Record<string, HookEventFacts>;

export type HookEvent = keyof typeof hookEvents;

export const isHookEvent = (word: string): word is HookEvent => Object.hasOwn(hookEvents, word);
