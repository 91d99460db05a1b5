import { printable } from "../../bot/render/printable.ts";
import type { Drained } from "../../pipeline/sessions/drain.ts";

export interface Synced {
  readonly isDryRun: boolean;
  readonly told: number;
  readonly end: Drained["end"];
  readonly waiting: number;
  /** Why nothing could be told, for people. */
  readonly trouble?: string;
  /** Those that were refused. */
  readonly aside: readonly { readonly id: string; readonly type: string; readonly problem: string }[];
  readonly lost: number;
}

/** What is set aside is not told. What was lost cannot be told any more, so that nobody can mend it. */
export const isAllTold = ({ waiting, aside }: Synced): boolean => waiting === 0 && aside.length === 0;

export const syncJson = ({ isDryRun, end: _, ...synced }: Synced): string =>
  `${JSON.stringify({ ...(isDryRun && { dryRun: true }), ...synced }, null, 2)}\n`;

export function renderSync(synced: Synced): string {
  const { isDryRun, told, waiting, aside, lost } = synced;
  const lines = [
    ...(told > 0 ? [`${events(told)} told.`] : []),
    ...(waiting > 0 ? [`${events(waiting)} ${waiting === 1 ? "waits" : "wait"}${isDryRun ? "." : `: ${why(synced)}`}`] : []),
    ...(aside.length > 0 ? [`${events(aside.length)} refused and kept; a newer bot may take them:`] : []),
    ...aside.map(({ type, id, problem }) => `  ${type} ${printable(id)}: ${printable(problem)}`),
    ...(lost > 0 ? [`${events(lost)} lost since the beginning, because there was no room to keep them.`] : []),
  ];
  return `${lines.length === 0 ? "Nothing waits." : lines.join("\n")}\n`;
}

const events = (count: number): string => (count === 1 ? "1 event" : `${count} events`);

function why({ end, trouble }: Synced): string {
  if (end === "elsewhere") return "another process is telling them just now.";
  return trouble ?? "there was no more time. Run it again.";
}
