import { fieldsOf } from "../../../pipeline/usage/import/fields.ts";
import { countAt, timeAt } from "./records.ts";

/** How often a commit had failed. */
export interface OldBackoff {
  readonly commit: string;
  readonly failures: number;
  readonly at: number;
}

/** Reads one file of `.claude/backoff/`, named for its commit: a number, JSON, or a line for each failure. */
export function readBackoff(name: string, text: string, changedAt: number, now: number): OldBackoff | string {
  const commit = name.replace(/\.(?:json|txt|count)$/, "");
  if (!/^[0-9a-f]{7,64}$/.test(commit)) return "its name is no commit";
  const trimmed = text.trim();
  if (/^\d{1,6}$/.test(trimmed)) return { commit, failures: Number(trimmed), at: changedAt };
  const fields = trimmed.startsWith("{") ? fieldsOf(parsed(trimmed)) : undefined;
  if (fields) {
    const failures = countAt(fields, ["failures", "count", "attempts", "failure_count"]);
    return failures === undefined ? "it does not say how often" : { commit, failures, at: timeAt(fields, now) ?? changedAt };
  }
  return trimmed.startsWith("{") ? "it is no JSON" : { commit, failures: trimmed === "" ? 0 : trimmed.split("\n").length, at: changedAt };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
