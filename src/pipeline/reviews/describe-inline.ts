import { type Part, text } from "../../reply.ts";
import type { Finding } from "./finding.ts";

/** A finding as it stands beside its line. */
export function describeInline({ severity, title, reason, suggestion }: Finding): readonly Part[] {
  const mood = severity === "critical" || severity === "high" ? "bad" : "idle";
  return [text(`${severity}: ${title}`, mood), ...(reason === "" || reason === title ? [] : [text(reason)]), ...suggested(suggestion)];
}

function suggested(suggestion: Finding["suggestion"]): readonly Part[] {
  if (!suggestion) return [];
  if (suggestion.isCommittable) return [{ kind: "excerpt", text: suggestion.text, language: "suggestion" }];
  if (suggestion.text.trim() === "") return [text("Suggestion: remove these lines.")];
  return [text("Suggestion, to be fitted in by hand:"), { kind: "excerpt", text: suggestion.text }];
}
