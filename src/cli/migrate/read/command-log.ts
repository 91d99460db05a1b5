import { createHash } from "node:crypto";
import type { AuditEntry } from "../../../pipeline/audit.ts";
import { type Fields, fieldsOf } from "../../../pipeline/usage/import/fields.ts";
import { done, type Outcome, text } from "../../../reply.ts";
import { countAt, type Records, readEach, textAt, timeAt } from "./records.ts";

const outcomes: Readonly<Record<string, Outcome>> = {
  success: "done",
  succeeded: "done",
  completed: "done",
  ok: "done",
  done: "done",
  failure: "failed",
  failed: "failed",
  error: "failed",
  denied: "refused",
  unauthorized: "refused",
  forbidden: "refused",
  refused: "refused",
  rate_limited: "refused",
  cooldown: "refused",
  invalid: "invalid",
  unknown: "invalid",
  unknown_command: "invalid",
};

interface Where {
  readonly repository: string | undefined;
  readonly now: number;
}

/** Reads `command-log.json`: the commands that people gave in comments. Names in it were never checked, so nobody is taken for an account by them. */
export function readCommandLog(content: unknown, where: Where): Records<AuditEntry> {
  const fields = fieldsOf(content);
  const list = Array.isArray(content) ? content : [fields?.commands, fields?.history, fields?.entries].find(Array.isArray);
  if (!list) return { read: [], problems: ["it holds no list of commands"] };
  const seen = new Map<string, number>();
  return readEach(list, (entry) => toAuditEntry(entry, where, seen));
}

function toAuditEntry(fields: Fields, { repository, now }: Where, seen: Map<string, number>): AuditEntry | string {
  const endedAt = timeAt(fields, now);
  const typed = textAt(fields, ["command", "cmd", "name"], 500)?.replace(/^\/?ci-/i, "");
  if (endedAt === undefined) return "its time cannot be read";
  if (typed === undefined) return "it names no command";
  const name = textAt(fields, ["user", "actor", "author", "login"], 100) ?? "unknown";
  const args = Array.isArray(fields.args)
    ? fields.args.filter((each) => typeof each === "string").join(" ")
    : textAt(fields, ["args", "arguments"], 500);
  const said = textAt(fields, ["status", "result", "outcome", "conclusion"], 40)?.toLowerCase();
  const outcome = typeof fields.success === "boolean" ? (fields.success ? "done" : "failed") : (outcomes[said ?? ""] ?? "uncertain");
  const pullRequest = countAt(fields, ["pr", "pr_number", "pull_request", "issue_number"]);
  const [command = typed] = typed.toLowerCase().split(" ");
  const line = args ? `${typed} ${args}`.slice(0, 500) : typed;
  const content = createHash("sha256")
    .update(JSON.stringify([endedAt, name, line, pullRequest]))
    .digest("hex")
    .slice(0, 32);
  const times = (seen.get(content) ?? 0) + 1;
  seen.set(content, times);
  return {
    intent: `reference:${content}:${times}`,
    endedAt,
    durationMs: countAt(fields, ["duration_ms"]) ?? 0,
    surface: "github",
    actor: `reference:${name}`,
    actorName: name,
    command,
    text: line,
    ...(repository !== undefined && { repository }),
    ...(pullRequest !== undefined && pullRequest > 0 && { pullRequest }),
    outcome,
    reason: "migrated",
    reply: done("migrated", text("Brought over from command-log.json, which does not hold what was answered.")),
  };
}
