const longest = 200;

/**
 * What is wrong with a pattern, or undefined. The grammar is `*` (anything but a slash), `**` (anything) and `?` (one character but a
 * slash); what other tools read as sets or alternatives is refused, so that nobody thinks it works here.
 */
export function globProblem(pattern: string): string | undefined {
  if (pattern.trim() === "") return "is empty";
  if (pattern.length > longest) return `is longer than ${longest} characters`;
  if (/\*{3}/.test(pattern)) return "has three stars in a row: * is anything but a slash, ** is anything";
  if (/[{}[\]!\\]/.test(pattern))
    return "has one of { } [ ] ! \\, which mean nothing here: write * ** and ?, and a line for each alternative";
  return undefined;
}

/** `folders` stands before a folder's name, `folder` within one: only from the first may the rest of the pattern go on. */
type Step = { readonly kind: "one"; readonly char: string } | { readonly kind: "any" | "run" | "all" | "folders" | "folder" };

/**
 * Whether the whole text fits the pattern. It goes through the text once with all places in the pattern at the same time, so the cost is
 * length of text × length of pattern, whatever they hold. A folder's double star (src, two stars, x) also means no folder at all.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  const steps = stepsOf(pattern);
  let places = closure(new Set([0]), steps);
  for (const char of text) {
    const next = new Set<number>();
    for (const place of places) {
      const step = steps[place];
      if (step === undefined) continue;
      if (step.kind === "one" && step.char === char) next.add(place + 1);
      if (step.kind === "any" && char !== "/") next.add(place + 1);
      if ((step.kind === "run" && char !== "/") || step.kind === "all") next.add(place);
      if (step.kind === "folders") next.add(char === "/" ? place : place + 1);
      if (step.kind === "folder") next.add(char === "/" ? place - 1 : place);
    }
    places = closure(next, steps);
  }
  return places.has(steps.length);
}

export const matchesAnyGlob = (patterns: readonly string[], text: string): boolean =>
  patterns.some((pattern) => matchesGlob(pattern, text));

function stepsOf(pattern: string): Step[] {
  const tokens = pattern.match(/(?<=^|\/)\*\*\/|\*\*|\*|\?|[^*?]/gsu) ?? [];
  return tokens.flatMap((token): Step[] => {
    if (token === "**/") return [{ kind: "folders" }, { kind: "folder" }];
    if (token === "**") return [{ kind: "all" }];
    if (token === "*") return [{ kind: "run" }];
    return [token === "?" ? { kind: "any" } : { kind: "one", char: token }];
  });
}

/** Stars may stand for nothing. */
function closure(places: Set<number>, steps: readonly Step[]): Set<number> {
  for (const place of places) {
    const kind = steps[place]?.kind;
    if (kind === "run" || kind === "all") places.add(place + 1);
    if (kind === "folders") places.add(place + 2);
  }
  return places;
}
