import type { ErrorPattern } from "./pattern.ts";

/** What every kind of tool says; asked last, below any cause. */
export const genericPatterns: readonly ErrorPattern[] = [
  {
    tool: "error",
    strength: "hint",
    pattern: /(?:^|[\s[|>(:])(?:error|fatal|fatal error|critical|exception|panic)[\])]?: ?\S/i,
    looksLike: "deploy: error: no such environment",
  },
  {
    tool: "error",
    strength: "hint",
    pattern: /(?:^|[\s[|(])(?:ERROR|FATAL|CRITICAL|SEVERE|FAILED|FAILURE)(?=[\s\]|):!]|$)/,
    looksLike: "12:00:01 FATAL could not open the database",
  },
  {
    tool: "error",
    strength: "hint",
    pattern:
      /\b(?:build|compilation|command|check|step|deployment|upload|download|installation|connection) (?:has )?failed\b|\btimed out\b|\bcommand not found\b/i,
    looksLike: "curl: (28) Connection timed out after 30001 milliseconds",
  },
  {
    tool: "exit code",
    strength: "end",
    pattern: /\b(?:exit(?:ed)?|failed|terminated)(?: with)?(?: \w{1,20})?(?: exit)? (?:code|status):? [1-9]/i,
    looksLike: "script exited with exit code 3",
    isAfterwards: true,
  },
];
