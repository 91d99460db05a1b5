import { clipped } from "../logs/clipped.ts";

/** What nobody sees and models read all the same: controls, bidi marks, zero-width and tag characters, variation selectors, fillers. */
const unseen = /(?![\n\t])(?:[\p{Cc}\p{Cf}\p{Cs}\p{Variation_Selector}\u2028\u2029\u115F\u1160\u3164\uFFA0]|\u034F)/gu;

/** Foreign text without anything invisible, its lines kept, in at most `most` code points. */
export const plainText = (text: string, most: number): string =>
  clipped(
    clipped(text, 2 * most)
      .replaceAll(/\r\n?/g, "\n")
      .replace(unseen, ""),
    most,
  );

/** As `plainText`, in one line. */
export const plainLine = (text: string, most: number): string =>
  clipped(
    plainText(text, 2 * most)
      .replaceAll(/\s+/g, " ")
      .trim(),
    most,
  );

/** What nobody sees is written out, so that whoever reads code sees what stands there: `<U+202E>`. */
export const withUnseenWritten = (text: string): string =>
  text.replace(unseen, (found) => `<U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}>`);

export const hasUnseen = (text: string): boolean => text.search(unseen) !== -1;
