import { UserError } from "../../errors.ts";
import { type NewIssue, toEntry } from "../../pipeline/known-issues/entry.ts";
import { describeEntry } from "../../pipeline/known-issues/propose.ts";
import { mask } from "../../pipeline/logs/mask.ts";
import { done, type Reply, text } from "../../reply.ts";
import type { Services } from "../../services.ts";
import type { Arguments } from "../grammar/arguments.ts";

/** Takes what is said of a new issue out of the arguments. Throws UserError (invalid). */
export function takeNew(args: Arguments): NewIssue {
  const [id, pattern, description] = [args.pair("id"), args.pair("pattern"), args.pair("description")];
  const confidence = args.pair("confidence");
  const optional = {
    category: args.pair("category"),
    phase: args.pair("phase"),
    contexts: listed(args.pair("context")),
    variants: args
      .pair("variant")
      ?.split(",")
      .map((word) => word.trim()),
    fix: args.pair("fix"),
    references: listed(args.pair("reference")),
    ...(confidence !== undefined && { confidence: toConfidence(confidence) }),
  };
  if (id === undefined) throw missing("id");
  if (pattern === undefined) throw missing("pattern");
  if (description === undefined) throw missing("description");
  return { id, pattern, description, ...optional };
}

const listed = (value: string | undefined): readonly string[] | undefined => (value === undefined ? undefined : [value]);

function toConfidence(typed: string): number {
  if (/^(?:0?\.\d{1,4}|[01](?:\.0*)?)$/.test(typed)) return Number(typed);
  throw new UserError("invalid", "bad_value", `“${typed.slice(0, 60)}” is no confidence: it is a number from 0 to 1, such as 0.9.`);
}

const missing = (key: string): UserError =>
  new UserError(
    "invalid",
    "missing_argument",
    `What is missing here: ${key}=. An issue has an id, a pattern and a description, as in known-issue add id=disk-full pattern="No space left" description="The runner is full."`,
  );

/** The entry to commit. Throws UserError when it would be a mistake. */
export function describeNew(issue: NewIssue, { knownIssues, secrets, now }: Pick<Services, "knownIssues" | "secrets" | "now">): Reply {
  const entry = toEntry(issue, now());
  const mistakes = knownIssues.mistakesIn(entry);
  if (mistakes.length > 0) {
    throw new UserError("invalid", "bad_entry", "That would be a mistake in the file:", {
      parts: mistakes.map((mistake) => text(mask(`${mistake}.`, secrets))),
    });
  }
  return done("entry", text(`This is the entry of ${entry.id}:`), ...describeEntry(entry));
}
