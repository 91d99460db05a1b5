/** What is registered for each event of Claude Code that we look at. https://docs.claude.com/en/docs/claude-code/hooks */
export interface HookEventFacts {
  /** As Claude Code calls it. */
  readonly name: string;
  /** Claude Code ends the process then. */
  readonly timeoutSeconds: number;
  /** A guard of this event that cannot run stops what it was to look at. */
  readonly isGuarded: boolean;
  /** What Claude Code heeds of what a hook says there. */
  readonly heeds: readonly ("deny" | "tell" | "replace")[];
}

/** By the word of `nextrust hook <event>`. At a stop nothing is ever said: Claude would go on with what it has ended. */
export const hookEvents = {
  "post-tool-use": { name: "PostToolUse", timeoutSeconds: 300, isGuarded: false, heeds: ["tell", "replace"] },
  "post-tool-use-failure": { name: "PostToolUseFailure", timeoutSeconds: 300, isGuarded: false, heeds: ["tell"] },
  "pre-tool-use": { name: "PreToolUse", timeoutSeconds: 90, isGuarded: true, heeds: ["deny", "tell"] },
  "session-end": { name: "SessionEnd", timeoutSeconds: 60, isGuarded: false, heeds: [] },
  "session-start": { name: "SessionStart", timeoutSeconds: 30, isGuarded: false, heeds: ["tell"] },
  stop: { name: "Stop", timeoutSeconds: 60, isGuarded: false, heeds: [] },
  "user-prompt-submit": { name: "UserPromptSubmit", timeoutSeconds: 30, isGuarded: true, heeds: ["deny", "tell"] },
} as const satisfies Record<string, HookEventFacts>;

export type HookEvent = keyof typeof hookEvents;

export const isHookEvent = (word: string): word is HookEvent => Object.hasOwn(hookEvents, word);
