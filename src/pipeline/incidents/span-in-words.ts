const minuteMs = 60_000;
const units = [
  ["d", 24 * 60],
  ["h", 60],
  ["min", 1],
] as const;

/** `1 h 20 min`: the two greatest units of a span, in whole minutes. */
export function spanInWords(ms: number): string {
  const minutes = Math.floor(ms / minuteMs);
  if (minutes < 1) return "less than a minute";
  const first = units.findIndex(([, size]) => minutes >= size);
  let left = minutes;
  const shown = units.slice(first, first + 2).map(([unit, size]) => {
    const count = Math.floor(left / size);
    left -= count * size;
    return count === 0 ? "" : `${count} ${unit}`;
  });
  return shown.filter((words) => words !== "").join(" ");
}
