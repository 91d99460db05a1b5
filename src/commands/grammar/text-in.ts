import { scan } from "./scan.ts";
import { isExplicitTarget } from "./target.ts";

/**
 * Where the text of a command begins: at the first word that is no option, no option's value and no place. Nothing in it is taken for an argument;
 * quotes around all of it are taken off.
 *
 * @param valued the options that own the word after them
 */
export function textIn(source: string, from: number, valued: readonly string[]): { readonly start: number; readonly text?: string } {
  let isValue = false;
  for (const { value, start, end, quotedFrom, openQuoteAt } of scan(source, from)) {
    const bare = value.slice(0, quotedFrom);
    if (isValue) isValue = false;
    else if (/^--[^=]/.test(bare)) isValue = valued.includes(bare.slice(2));
    else if (quotedFrom !== undefined || !isExplicitTarget(value)) {
      const isQuotedWhole = quotedFrom === 0 && openQuoteAt === undefined && source.slice(end).trim() === "";
      return { start, text: isQuotedWhole ? value : source.slice(start).trim() };
    }
  }
  return { start: source.length };
}
