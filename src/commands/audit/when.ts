import { UserError } from "../../errors.ts";

/** A moment as a person writes it: some time ago, a day, or an instant. */
export type When =
  | { readonly kind: "ago"; readonly ms: number }
  | { readonly kind: "day"; readonly day: string }
  | { readonly kind: "at"; readonly at: number };

const minuteMs = 60_000;
const units = { m: minuteMs, h: 60 * minuteMs, d: 24 * 60 * minuteMs, w: 7 * 24 * 60 * minuteMs } as const;

/**
 * Reads `7d`, `24h`, `2026-11-01` (a day) or `2026-11-01T09:00Z`.
 *
 * @param name what the person knows it by: `since`
 * @throws UserError (invalid)
 */
export function parseWhen(name: string, typed: string): When {
  const [, count, unit] = /^(\d{1,5})([mhdw])$/.exec(typed) ?? [];
  if (count !== undefined && unit !== undefined) return { kind: "ago", ms: Number(count) * units[unit as keyof typeof units] };
  try {
    if (/^\d{4}-\d{2}-\d{2}$/.test(typed)) return { kind: "day", day: Temporal.PlainDate.from(typed).toString() };
    if (/^\d{4}-\d{2}-\d{2}T/.test(typed)) return { kind: "at", at: Temporal.Instant.from(typed).epochMilliseconds };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  throw new UserError(
    "invalid",
    "bad_time",
    `“${typed.slice(0, 60)}” is no time for ${name}. Write 30m, 24h, 7d or 2w for that long ago, 2026-11-01 for a day, or 2026-11-01T09:00Z.`,
  );
}

/** Milliseconds since the epoch. A day begins at its midnight on the clocks of the zone and, as an end, holds the whole day. */
export function momentOf(when: When, now: number, edge: "begin" | "end", zone = "UTC"): number {
  if (when.kind === "ago") return now - when.ms;
  if (when.kind === "at") return when.at;
  const day = Temporal.PlainDate.from(when.day);
  return (edge === "begin" ? day : day.add({ days: 1 })).toZonedDateTime(zone).epochMilliseconds;
}
