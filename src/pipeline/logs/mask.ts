import { keyRanges } from "./private-key.ts";
import { secretForms } from "./secret-forms.ts";
import { tokenShapes } from "./token-shapes.ts";

type Range = readonly [from: number, to: number];

/** Replaces what looks like a secret by ***; GitHub's own *** stay. A value of `secrets` shorter than 4 characters is no secret. */
export function mask(text: string, secrets: readonly string[]): string {
  return maskWith(text, secretForms(secrets));
}

/** As `mask`, for many texts: `forms` are the secrets' printed forms. */
export function maskWith(text: string, forms: readonly string[]): string {
  return replaced(text, rangesIn(text, forms));
}

/** As `maskWith`, with as many lines as before: a secret of several lines is masked on each of them. */
export function maskLines(lines: readonly string[], forms: readonly string[]): readonly string[] {
  const text = lines.join("\n");
  return replaced(
    text,
    rangesIn(text, forms).flatMap((range) => rangesOfLines(text, range)),
  ).split("\n");
}

const rangesIn = (text: string, forms: readonly string[]): readonly Range[] => [
  ...keyRanges(text),
  ...formRanges(text, forms),
  ...shapeRanges(text),
];

function rangesOfLines(text: string, [from, to]: Range): readonly Range[] {
  const ranges: Range[] = [];
  for (let start = from; start < to; ) {
    const end = text.indexOf("\n", start);
    const stop = end === -1 || end > to ? to : end;
    if (stop > start) ranges.push([start, stop]);
    start = stop + 1;
  }
  return ranges;
}

function formRanges(text: string, forms: readonly string[]): readonly Range[] {
  const ranges: Range[] = [];
  for (const form of forms) {
    for (let at = text.indexOf(form); at !== -1; at = text.indexOf(form, at + 1)) ranges.push([at, at + form.length]);
  }
  return ranges;
}

function shapeRanges(text: string): readonly Range[] {
  return tokenShapes.flatMap(({ pattern }) =>
    [...text.matchAll(pattern)].map(({ index, 0: whole, groups }): Range => {
      const secret = groups?.secret ?? whole;
      const from = index + whole.lastIndexOf(secret);
      return [from, from + secret.length];
    }),
  );
}

/** Overlapping ranges become one, so that no rest of a secret stands between two masks. */
function replaced(text: string, ranges: readonly Range[]): string {
  let result = "";
  let done = 0;
  for (const [from, to] of ranges.toSorted(([a], [b]) => a - b)) {
    if (to <= done) continue;
    if (from >= done) result += `${text.slice(done, from)}***`;
    done = to;
  }
  return result + text.slice(done);
}
