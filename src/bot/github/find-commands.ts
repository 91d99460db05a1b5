import { type CommandLine, parseCommandLine, startsCommand } from "../../commands/grammar/command-line.ts";
import { liveLines, withLineFeeds } from "./live-lines.ts";

const longestBody = 65_536;
/** How many commands one comment or message may hold. */
export const mostCommands = 10;

export interface FoundCommands {
  readonly commands: readonly CommandLine[];
  /** How many more there were than one comment may hold. */
  readonly dropped: number;
}

/** The commands in a comment, in order. The lines between one and the next are its reason. */
export function findCommands(body: string, prefix: string): FoundCommands {
  const text = clip(withLineFeeds(body));
  const lines = text.split("\n");
  const starts = lines.flatMap((line, number) => (startsCommand(line, prefix) ? [number] : []));
  // Nearly every comment ends here, before any Markdown is parsed.
  if (starts.length === 0) return { commands: [], dropped: 0 };

  const live = liveLines(text);
  const found = starts.filter((number) => live.has(number));
  const commands = found.slice(0, mostCommands).flatMap((number, index) => {
    const following = lines.slice(number + 1, found[index + 1]).join("\n");
    return parseCommandLine(lines[number] ?? "", prefix, following) ?? [];
  });
  return { commands, dropped: found.length - commands.length };
}

/** Cuts between paragraphs: half of one could lose the end of a link or a tag that keeps a line from firing. */
function clip(text: string): string {
  return text.length <= longestBody ? text : text.slice(0, Math.max(0, text.lastIndexOf("\n\n", longestBody)));
}
