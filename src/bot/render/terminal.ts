import { styleText } from "node:util";
import { type Cell, cellWords, type Part, type Reply, type Row, saidWords } from "../../reply.ts";
import { chartTable } from "./chart-table.ts";
import { printable } from "./printable.ts";
import { renderBars } from "./terminal-chart.ts";
import { paint, renderTable } from "./terminal-table.ts";

/** Where nobody says how wide it is. */
const usualColumns = 80;

/**
 * Renders a reply for a terminal. Colours are left out when standard output is not a terminal or NO_COLOR is set.
 *
 * @param columns how wide the terminal is; undefined where there is none
 */
export function renderTerminal(reply: Reply, columns: number | undefined = process.stdout.columns): string {
  const blocks = reply.parts.map((part) => renderPart(part, columns));
  if (reply.link) blocks.push(reply.link.url);
  return `${blocks.join("\n\n")}\n`;
}

function renderPart(part: Part, columns: number | undefined): string {
  switch (part.kind) {
    case "text":
      return paint(printable(part.text), part.mood);
    case "facts": {
      const width = Math.max(...part.facts.map(({ label }) => label.length));
      return part.facts.map(({ label, value }) => `${label.padEnd(width)}  ${words(value)}`).join("\n");
    }
    case "table":
      return [...renderTable(part.columns.map(words), part.rows.map(inWords), columns), ...(part.more ? [part.more] : [])].join("\n");
    case "chart": {
      const bars = renderBars(part, columns ?? usualColumns);
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

const inWords = ({ mood, cells }: Row) => ({ ...(mood && { mood }), cells: cells.map(words) });

const words = (cell: Cell): string => printable(cellWords(cell));
