import type { AutoFix } from "./known-issue.ts";

/** What helps, for people. */
export function fixInWords(fix: AutoFix | undefined): string {
  if (!fix) return "none known";
  if (fix.type === "retry") return "run it again";
  return fix.type === "workflow" ? `start ${fix.script}` : fix.script;
}

/** `0.85` as `85 %`. */
export const confidenceInWords = ({ confidence }: AutoFix): string => `${Math.round(confidence * 100)} %`;
