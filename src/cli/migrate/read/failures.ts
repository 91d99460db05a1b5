import { createHash } from "node:crypto";
import { type Fields, fieldsOf } from "../../../pipeline/usage/import/fields.ts";
import { countAt, type Records, readEach, textAt, timeAt } from "./records.ts";

/** How often something had failed. */
export interface OldFailure {
  readonly key: string;
  readonly command: string;
  /** Empty where it is not said. */
  readonly commit: string;
  readonly error: string;
  readonly failures: number;
  readonly at: number;
}

/** Reads `failures.json`: a list, or an object by what failed. */
export function readFailures(content: unknown, now: number): Records<OldFailure> {
  const fields = fieldsOf(content);
  const inside = fields && (fields.failures ?? fields.commands ?? fields);
  const list = Array.isArray(content) ? content : Array.isArray(inside) ? inside : Object.entries(fieldsOf(inside) ?? {}).map(withKey);
  return readEach(list, (entry) => toFailure(entry, now));
}

/** Under the key stands either all that is known, or only how often. */
const withKey = ([key, value]: readonly [string, unknown]): unknown =>
  typeof value === "number" ? { key, count: value } : { key, ...fieldsOf(value) };

function toFailure(fields: Fields, now: number): OldFailure | string {
  const command = textAt(fields, ["command", "cmd", "key", "signature", "hash"], 500);
  const failures = countAt(fields, ["count", "failures", "attempts", "failure_count"]);
  if (command === undefined) return "it does not say what failed";
  if (failures === undefined) return "it does not say how often";
  const at = timeAt(fields, now);
  if (at === undefined) return "its time cannot be read";
  return {
    key: `reference:${createHash("sha256").update(command).digest("hex").slice(0, 32)}`,
    command,
    commit: textAt(fields, ["commit", "sha", "commit_sha", "head"], 64) ?? "",
    error: textAt(fields, ["error", "last_error", "message", "error_message"], 300) ?? "",
    failures,
    at,
  };
}
