/** What differs each time, the first kind that fits counts. The names are those of the groups. */
const differing: Readonly<Record<string, { readonly source: string; readonly pattern: string }>> = {
  masked: { source: String.raw`\*{3,}`, pattern: ".+" },
  url: { source: String.raw`[a-z][a-z0-9+.-]{1,20}:\/\/[^\s"'<>\x60]+`, pattern: String.raw`[a-z][a-z0-9+.-]*://\S+` },
  time: {
    source: String.raw`\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?)?|\b\d\d:\d\d:\d\d(?:[.,]\d+)?`,
    pattern: String.raw`[\dTZ:., +-]+`,
  },
  path: { source: String.raw`(?:[A-Za-z]:)?[\w.@+~-]*(?:[\\/][\w.@+~-]+)+[\\/]?(?::\d+)*`, pattern: String.raw`[^\s"'(),;]+` },
  hex: {
    source: String.raw`\b0x[0-9A-Fa-f]+\b|\b(?=[0-9a-f-]*\d)(?=[0-9-]*[a-f])[0-9a-f]{7,}(?:-[0-9a-f]{4,})*\b`,
    pattern: "[0-9A-Fa-fx-]+",
  },
  number: { source: String.raw`(?<![\w.])\d+(?:[.,:]\d+)*(?=(?:[a-zA-Zµ%]{1,3})?(?!\w))`, pattern: String.raw`[\d.,:]+` },
  space: { source: String.raw`[ \t]{2,}|\t`, pattern: String.raw`\s+` },
};

const kinds = new RegExp(
  Object.entries(differing)
    .map(([name, { source }]) => `(?<${name}>${source})`)
    .join("|"),
  "gu",
);

const looksAt = 300;
const longest = 400;
/** With fewer letters left it would fit all sorts of lines. */
const fewestLetters = 7;

/**
 * A pattern of RE2 that fits the line, and the same line with other numbers, times, paths and masked values; undefined where too little
 * is left to tell the line by.
 */
export function patternOfLine(line: string): string | undefined {
  const text = line.trim().replace(/…$/, "").slice(0, looksAt).toWellFormed();
  let pattern = "";
  let letters = 0;
  let done = 0;
  const add = (piece: string, literal = "") => {
    if (pattern.length + piece.length > longest) return false;
    pattern += piece;
    letters += literal.match(/\p{L}/gu)?.length ?? 0;
    return true;
  };
  for (const { index, 0: whole, groups = {} } of text.matchAll(kinds)) {
    const literal = text.slice(done, index);
    const [name = ""] = Object.entries(groups).find(([, found]) => found !== undefined) ?? [];
    if (!add(quotedForRe2(literal), literal) || !add(differing[name]?.pattern ?? "")) break;
    done = index + whole.length;
  }
  const rest = text.slice(done);
  add(quotedForRe2(rest), rest);
  return letters < fewestLetters ? undefined : pattern;
}

/** Marks that mean something in a pattern. */
const quotedForRe2 = (text: string): string => text.replace(/[\\^$.|?*+()[\]{}]/g, "\\$&");
