import { readLines } from "./lines.ts";
import { PrivateKeys } from "./private-key.ts";
import { secretForms } from "./secret-forms.ts";
import { type ReadLine, shown } from "./shown.ts";
import { toPlainLine } from "./to-plain-line.ts";

/** As much as a person reads in an editor, and as the outbox and the audit should carry. */
const longest = 200_000;
const maxBytes = 50 * 1024 * 1024;

export interface EndOfLog {
  /** Whole lines, masked as an excerpt is. */
  readonly text: string;
  /** 1-based. */
  readonly firstLine: number;
  readonly totalLines: number;
  /** The log was so long that its reading ended before its end. */
  readonly isCut: boolean;
}

/** Reads a log in bounded memory, and keeps its last lines: at most `most` characters. Throws only what reading the log throws. */
export async function endOfLog(log: AsyncIterable<Uint8Array>, secrets: readonly string[], most = longest): Promise<EndOfLog> {
  const keys = new PrivateKeys();
  const kept: ReadLine[] = [];
  let [dropped, length, totalLines] = [0, 0, 0];
  const { isCut } = await readLines(log, maxBytes, (raw, isLineCut) => {
    totalLines++;
    const text = toPlainLine(raw);
    kept.push({ text, isCut: isLineCut, isInKey: keys.read(text) });
    length += text.length + 1;
    for (let oldest = kept[dropped]; length > most && oldest; oldest = kept[dropped]) {
      length -= oldest.text.length + 1;
      dropped++;
    }
    // Removing each by itself would move all the others.
    if (dropped > kept.length / 2) dropped -= kept.splice(0, dropped).length;
  });
  const forms = secretForms(secrets);
  const lines = kept.slice(dropped).map((line) => shown(line, forms));
  return { text: lines.join("\n"), firstLine: totalLines - lines.length + 1, totalLines, isCut };
}
