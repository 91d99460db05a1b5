import { styleText } from "node:util";
import type { Mood } from "../../reply.ts";

/** What is longer than this is worth a second line where a terminal is too narrow. */
const narrowest = 14;
const gap = "  ";

/** A line of a table, as words. */
interface Line {
  readonly mood?: Mood;
  readonly cells: readonly string[];
}

const colours: Record<Mood, "green" | "red" | "yellow" | "gray"> = { good: "green", bad: "red", busy: "yellow", idle: "gray" };

export const paint = (value: string, mood: Mood | undefined): string => (mood ? styleText(colours[mood], value) : value);

/**
 * The lines of a table whose columns stand below each other.
 *
 * @param most how wide it may be; the widest columns go on in further lines then. Whatever reads it instead of a person wants one line a row:
 * undefined
 */
export function renderTable(heads: readonly string[], rows: readonly Line[], most: number | undefined): readonly string[] {
  const lines = [heads, ...rows.map(({ cells }) => cells)];
  const widths = fitting(
    heads.map((_, at) => Math.max(...lines.map((cells) => cells[at]?.length ?? 0))),
    most ?? Number.POSITIVE_INFINITY,
  );
  return [...toLines(heads, widths).map((line) => styleText("bold", line)), ...rows.flatMap(painted)];

  function painted({ mood, cells }: Line): readonly string[] {
    return toLines(cells, widths).map((line) => paint(line, mood));
  }
}

function fitting(natural: readonly number[], most: number): readonly number[] {
  const widths = [...natural];
  let excess = widths.reduce((sum, width) => sum + width, 0) + gap.length * (widths.length - 1) - most;
  while (excess > 0) {
    const widest = Math.max(...widths);
    if (widest <= narrowest) break;
    widths[widths.indexOf(widest)] = widest - 1;
    excess -= 1;
  }
  return widths;
}

function toLines(cells: readonly string[], widths: readonly number[]): readonly string[] {
  const folded = widths.map((width, at) => fold(cells[at] ?? "", width));
  const height = Math.max(1, ...folded.map(({ length }) => length));
  return Array.from({ length: height }, (_, line) =>
    folded
      .map((parts, at) => (parts[line] ?? "").padEnd(widths[at] ?? 0))
      .join(gap)
      .trimEnd(),
  );
}

/** Between words where it can, as a name or an id may be longer than the column. */
function fold(cell: string, width: number): readonly string[] {
  const parts: string[] = [];
  let rest = cell;
  while (rest.length > width) {
    const space = rest.lastIndexOf(" ", width);
    const end = space > 0 ? space : width;
    parts.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return [...parts, rest];
}
