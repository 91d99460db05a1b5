import { z } from "zod";
import { repository } from "../../config/words.ts";
import { parseUsd, toPico } from "../../pipeline/usage/money.ts";
import type { Attribution } from "../../pipeline/usage/usage.ts";
import { printable } from "../render/printable.ts";

/** Text of programs that we do not know: short, and nothing in it that cannot be shown. */
export const word = (longest: number) =>
  z
    .string()
    .min(1, "is empty")
    .max(longest, `has more than ${longest} characters`)
    .refine((text) => text.isWellFormed() && printable(text) === text && !/[\t\n]/.test(text), "has characters that cannot be shown");

export const id = word(200);

const orMissing =
  (otherwise: string) =>
  ({ input }: { readonly input?: unknown }): string =>
    input === undefined ? "is missing" : otherwise;

const mostUsd = 1_000_000;

/** As a number or as a decimal; in pico-USD. */
export const usd = z.union([z.number(), z.string()], { error: orMissing("is no amount of dollars") }).transform((given, { addIssue }) => {
  const pico = typeof given === "number" ? toPico(given) : parseUsd(given);
  if (pico !== undefined && pico >= 0n && pico <= toPico(mostUsd)) return pico;
  addIssue({ code: "custom", message: `is no amount from 0 to ${mostUsd} dollars, such as "12.50"` });
  return z.NEVER;
});

const noMoment = "is neither a moment as 2026-11-23T12:00:00Z nor milliseconds since 1970";

/** ISO 8601 with its zone, or milliseconds since the epoch, which it becomes. */
export const moment = z
  .union([z.int(), z.iso.datetime({ offset: true, error: noMoment })], { error: orMissing(noMoment) })
  .transform((given) => (typeof given === "number" ? given : Date.parse(given)));

export const attribution = {
  session: id.exactOptional(),
  repository: repository.max(140, "is too long").exactOptional(),
  pullRequest: z
    .int("is no number of a pull request")
    .min(1, "is no number of a pull request")
    .max(2 ** 31, "is no number of a pull request")
    .exactOptional(),
  runId: z.int("is no id of a workflow run").min(1, "is no id of a workflow run").exactOptional(),
  attempt: z.int("is no attempt of a run").min(1, "is no attempt of a run").max(10_000, "is no attempt of a run").exactOptional(),
  headSha: z
    .string()
    .regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/, "is no commit: it has 40 digits, 0 to 9 and a to f")
    .exactOptional(),
  phase: word(100).exactOptional(),
  actor: word(100).exactOptional(),
} satisfies Record<keyof Attribution, z.ZodType>;
