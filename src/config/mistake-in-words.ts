import type { z } from "zod";

/** What is wrong with a value, for somebody who wrote it by hand; undefined where the schema says it better. */
export function mistakeInWords(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      if (issue.input === undefined) return "is missing";
      if (issue.input === null) return "is empty: write a value, or leave it out";
      return kinds[issue.expected];
    case "invalid_value":
      if (issue.input === undefined) return "is missing";
      return `must be one of ${issue.values.join(", ")}`;
    case "too_small":
      return issue.origin === "array" || issue.origin === "string" ? "must not be empty" : `must be at least ${issue.minimum}`;
    case "too_big": {
      const unit = units[issue.origin];
      return unit === undefined ? `must be at most ${issue.maximum}` : `has more than ${issue.maximum} ${unit}`;
    }
    default:
      return undefined;
  }
}

const kinds: Readonly<Record<string, string>> = {
  array: "must be a list, as in [one, two]",
  object: "must have keys of its own, each with a value",
  string: 'must be text: write it in quotes, as in "1.10"',
  number: "must be a number, without quotes",
  int: "must be a whole number, without quotes",
};

const units: Readonly<Record<string, string>> = { array: "entries", string: "characters" };
