/** Whether a moment lies in a range as GitHub's searches write it: `2026-11-22`, `>=…`, `<…`, `from..to` with `*` for open ends. */
export function isWithin(range: string | null, at: string): boolean {
  if (range === null) return true;
  const [from, to] = range.split("..");
  if (to !== undefined) return (from === "*" || atOrAfter(at, from ?? "")) && (to === "*" || atOrBefore(at, to));
  const [, sign = "", bound = ""] = /^(>=|<=|>|<)?(.*)$/.exec(range) ?? [];
  if (sign === ">=") return atOrAfter(at, bound);
  if (sign === "<=") return atOrBefore(at, bound);
  if (sign === ">") return !atOrBefore(at, bound);
  if (sign === "<") return !atOrAfter(at, bound);
  return atOrAfter(at, bound) && atOrBefore(at, bound);
}

const atOrAfter = (at: string, bound: string): boolean => Date.parse(at) >= Date.parse(bound);

// A date without a time means all of that day.
const atOrBefore = (at: string, bound: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(bound) ? at.slice(0, 10) <= bound : Date.parse(at) <= Date.parse(bound);
