import { styleText } from "node:util";
import { type Cell, cellWords, type Mood, type Part, type Reply, type Row, saidWords } from "../../reply.ts";
import { chartTable } from "./chart-table.ts";
import { printable } from "./printable.ts";
import { renderBars } from "./terminal-chart.ts";

const colours: Record<Mood, "green" | "red" | "yellow" | "gray"> = { good: "green", bad: "red", busy: "yellow", idle: "gray" };

/**
 * Renders a reply for a terminal. Colours are left out when standard output is not a terminal or NO_COLOR is set.
 *
 * @param columns how wide the terminal is
 */
export function renderTerminal(reply: Reply, columns = 80): string {
  const blocks = reply.parts.map((part) => renderPart(part, columns));
  if (reply.link) blocks.push(reply.link.url);
  return `${blocks.join("\n\n")}\n`;
}

function renderPart(part: Part, columns: number): string {
  switch (part.kind) {
    case "text":
      return paint(printable(part.text), part.mood);
    case "facts": {
      const width = Math.max(...part.facts.map(({ label }) => label.length));
      return part.facts.map(({ label, value }) => `${label.padEnd(width)}  ${words(value)}`).join("\n");
    }
    case "table":
      return [...align(part.columns, part.rows), ...(part.more ? [part.more] : [])].join("\n");
    case "chart": {
      const bars = renderBars(part, columns);
      return bars ? [styleText("bold", printable(part.title)), ...bars].join("\n") : renderPart(chartTable(part), columns);
    }
    case "excerpt":
      return printable(part.text)
        .split("\n")
        .map((line) => `  ${line}`)
        .join("\n");
    case "file":
      return part.content.trimEnd();
    case "said":
      return `${printable(part.author)} in ${part.source.text}: ${printable(saidWords(part))}`;
  }
}

function align(columns: readonly string[], rows: readonly Row[]): string[] {
  const widths = columns.map((column, index) => Math.max(column.length, ...rows.map(({ cells }) => words(cells[index] ?? "").length)));
  const line = (cells: readonly Cell[]) =>
    cells
      .map((cell, index) => words(cell).padEnd(widths[index] ?? 0))
      .join("  ")
      .trimEnd();
  return [styleText("bold", line(columns)), ...rows.map(({ mood, cells }) => paint(line(cells), mood))];
}

const words = (cell: Cell): string => printable(cellWords(cell));

const paint = (value: string, mood: Mood | undefined): string => (mood ? styleText(colours[mood], value) : value);
