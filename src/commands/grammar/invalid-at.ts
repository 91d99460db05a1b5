import { UserError } from "../../errors.ts";

/** Where in the line something lies: UTF-16 offsets, `end` exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** How much of a long line is shown on either side of the mark. */
const contextLength = 60;

/** An `invalid` refusal that shows the line and, below it, carets under what was wrong. */
export function invalidAt(reason: string, message: string, source: string, { start, end }: Range): UserError {
  const from = start > contextLength ? start - contextLength : 0;
  const to = Math.min(source.length, end, start + contextLength);
  const before = (from > 0 ? "…" : "") + source.slice(from, start);
  const marked = source.slice(start, to);
  const after = source.slice(to, start + contextLength) + (source.length > start + contextLength ? "…" : "");

  return new UserError("invalid", reason, message, {
    parts: [
      { kind: "excerpt", text: `${toOneLine(before + marked + after)}\n${" ".repeat(width(before))}${"^".repeat(width(marked) || 1)}` },
    ],
  });
}

/** A tab or another control character would shift the carets; the cut may have halved a character. */
const toOneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, " ").toWellFormed();

/** In code points, so that an emoji before the mark counts once. */
const width = (text: string): number => [...text].length;
