import { mask } from "../pipeline/logs/mask.ts";
import { withoutControls } from "../pipeline/logs/to-plain-line.ts";

const most = 300;
/** Whoever masks looks at all of it. */
const looksAt = 10_000;

/** What a tool said, as a detail of a failure: in one line of at most 300 characters, secrets masked. */
export function inOneLine(text: string, secrets: readonly string[]): string {
  const line = mask(text.slice(0, looksAt), secrets)
    .split(/[\r\n]+/)
    .map((each) => withoutControls(each).trim())
    .filter(Boolean)
    .join(" ");
  return line.length <= most ? line : `${line.slice(0, most - 1)}…`;
}

/** The last line that says something. */
export const lastLineOf = (text: string): string => text.trimEnd().split("\n").at(-1) ?? "";
