import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, visit } from "yaml";

export interface YamlFile {
  readonly content: unknown;
  /** What is no YAML at all; with these the content says nothing. */
  readonly mistakes: readonly { readonly place: string; readonly message: string }[];
  /** `12:5`, line and column, of what stands at that path, or of its key; of the nearest thing around it where there is nothing. */
  placeOf(path: Path, what?: "value" | "key"): string;
}

type Path = readonly (string | number)[];

/** Reads YAML and remembers where everything stood. */
export function parseYaml(text: string): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const placeAt = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${Math.max(line, 1)}:${Math.max(col, 1)}`;
  };
  const placeOf: YamlFile["placeOf"] = (path, what = "value") => placeAt(offsetOf(document.contents, path, what));

  const mistakes = document.errors.map(({ code, pos: [start], message }) => ({
    place: placeAt(start),
    message: code === "DUPLICATE_KEY" ? `${keyAt(text, start)} stands here for the second time.` : firstLine(message),
  }));
  visit(document, {
    Alias(_, alias) {
      if (!alias.resolve(document))
        mistakes.push({ place: placeAt(alias.range?.[0] ?? 0), message: `There is no anchor &${alias.source} before this.` });
    },
  });
  if (mistakes.length > 0) return { content: undefined, mistakes, placeOf };
  try {
    return { content: document.toJS(), mistakes, placeOf };
  } catch (error) {
    // Aliases of aliases that would grow without bound.
    const message = firstLine(error instanceof Error ? error.message : String(error));
    return { content: undefined, mistakes: [{ place: "1:1", message }], placeOf };
  }
}

function offsetOf(root: unknown, path: Path, what: "value" | "key"): number {
  let offset = startOf(root) ?? 0;
  let node: unknown = root;
  for (const [index, step] of path.entries()) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => (isScalar(key) ? String(key.value) : String(key)) === String(step));
      if (!pair) break;
      const isKeyMeant = (what === "key" && index === path.length - 1) || isEmpty(pair.value) || isMap(pair.value) || isSeq(pair.value);
      offset = startOf(isKeyMeant ? pair.key : pair.value) ?? offset;
      node = pair.value;
    } else if (isSeq(node) && typeof step === "number") {
      node = node.items[step];
      offset = startOf(node) ?? offset;
    } else break;
  }
  return offset;
}

const startOf = (node: unknown): number | undefined => (isNode(node) ? node.range?.[0] : undefined);

const isEmpty = (node: unknown): boolean => node === null || (isScalar(node) && node.value === null) || isAlias(node);

/** The key that begins there, as it is written. */
const keyAt = (text: string, start: number): string =>
  /^"[^"\n]{0,60}"|^[^\s:"]{1,60}/.exec(text.slice(start, start + 80))?.[0] ?? "The key";

const firstLine = (message: string): string => (message.split("\n")[0] ?? "").replace(/:$/, "");
