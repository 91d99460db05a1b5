import { createHash } from "node:crypto";

/** Words that a title may have or not. */
const filler = new Set(
  "a an and are as at be been by can could does for from has have in is it its may might of on or that the this to was were when which will with would".split(
    " ",
  ),
);

/**
 * Names a finding by what it is about, not where: it stays the same when lines move, when it is judged more or less severe, and when small
 * words of its title change.
 *
 * @param lines what stands where it was found; empty where that is not known
 */
export function fingerprintOf(path: string, lines: readonly string[], title: string): string {
  const code = lines.map((line) => line.replaceAll(/\s+/g, " ").trim()).filter((line) => line !== "");
  return createHash("sha256")
    .update(JSON.stringify([path, code, wordsOf(title)]))
    .digest("hex")
    .slice(0, 32);
}

function wordsOf(title: string): readonly string[] {
  const words =
    title
      .normalize("NFKC")
      .toLowerCase()
      .match(/[\p{L}\p{N}_]+/gu) ?? [];
  const telling = words.filter((word) => !filler.has(word));
  return [...new Set(telling.length > 0 ? telling : words)].sort();
}
