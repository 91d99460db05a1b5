import { scan } from "./scan.ts";

/** One command as it was typed. */
export interface CommandLine {
  /** In lower case; empty for the bare prefix. */
  readonly verb: string;
  /** `status #12`: the verb and the arguments, one space between them, quotes kept. Equal text is one wish. */
  readonly text: string;
  /** The arguments as typed. */
  readonly rest: string;
  /** Free text: what follows a `--` on the line, else the lines below. */
  readonly reason?: string;
}

/** Whether a command of ours starts here: at most 3 spaces, the prefix, then the end, white space or a hyphen. */
export function startsCommand(line: string, prefix: string): boolean {
  return afterPrefix(line, prefix) !== undefined;
}

/** `/ci-status #12` and `/ci status #12` are the same command. `following` is the text of the lines below. */
export function parseCommandLine(line: string, prefix: string, following = ""): CommandLine | undefined {
  const typed = afterPrefix(line, prefix);
  return typed === undefined ? undefined : toCommandLine(typed.replace(/^-/, ""), following);
}

/** A Slack slash command, or a mention, comes without its prefix: `status #12`. */
export function parseSlashText(text: string): CommandLine {
  const [line = "", ...following] = text.trim().split(/\r\n|\r|\n/);
  return toCommandLine(line, following.join("\n"));
}

function afterPrefix(line: string, prefix: string): string | undefined {
  const indent = /^ {0,3}/.exec(line)?.[0].length ?? 0;
  const end = indent + prefix.length;
  if (line.slice(indent, end).toLowerCase() !== prefix.toLowerCase()) return undefined;
  const rest = line.slice(end);
  return /^(?:$|[\s-])/.test(rest) ? rest : undefined;
}

function toCommandLine(written: string, following: string): CommandLine {
  // What is copied from our own offers carries marks that keep GitHub from seeing mentions.
  const typed = written.replaceAll("\u200b", "");
  // A lone `--` where the verb would be starts the reason of a bare prefix.
  const verb = /^\s*(?!--(?:\s|$))(\S*)/.exec(typed)?.[1] ?? "";
  const tail = typed.slice(typed.indexOf(verb) + verb.length);
  const { rest, words, reason } = splitReason(tail);
  const why = reason || following.trim();
  return { verb: verb.toLowerCase(), text: [verb.toLowerCase(), ...words].join(" "), rest, ...(why && { reason: why }) };
}

/** Only a `--` that stands alone outside quotes parts arguments from reason: `--failed` is a flag, `"a -- b"` a name. */
function splitReason(tail: string): { rest: string; words: string[]; reason: string } {
  const words: string[] = [];
  for (const { start, end } of scan(tail)) {
    const word = tail.slice(start, end);
    if (word === "--") return { rest: tail.slice(0, start).trim(), words, reason: tail.slice(end).trim() };
    words.push(word);
  }
  return { rest: tail.trim(), words, reason: "" };
}
