import { clipped } from "../pipeline/logs/clipped.ts";
import { withoutControls } from "../pipeline/logs/to-plain-line.ts";

const longest = 300;

/** What a payload names, fit for a sentence. */
export const inOneLine = (text: string): string =>
  clipped(withoutControls(text.slice(0, 4 * longest).replaceAll(/[\r\n]+/g, " ")), longest);
