import { isSeq, parseDocument } from "yaml";

/**
 * Puts an item behind the others of a top-level list of a JSON file, indented as the file is by two spaces, and leaves everything else.
 *
 * @param item JSON, of one or more lines
 */
export function withItem(text: string, key: string, item: string): string {
  const list = parseDocument(text).get(key, true);
  if (!isSeq(list) || !list.flow || !list.range) throw new Error(`${key} is no list.`);
  const end = text.includes("\r\n") ? "\r\n" : "\n";
  const indented = item
    .split("\n")
    .map((line) => `    ${line}`)
    .join(end);
  const last = list.items.at(-1) as { range?: readonly [number, number, number] } | undefined;
  // An empty list ends with its bracket.
  const [at, before, after] = last?.range ? [last.range[1], `,${end}`, ""] : [list.range[1] - 1, end, `${end}  `];
  return text.slice(0, at) + before + indented + after + text.slice(at);
}
