import { createReadStream } from "node:fs";
import { renderTerminal } from "../../bot/render/terminal.ts";
import { confidenceInWords, fixInWords } from "../../pipeline/known-issues/fix-in-words.ts";
import type { LookFor } from "../../pipeline/known-issues/search.ts";
import { excerptOf } from "../../pipeline/logs/excerpt.ts";
import { done, facts, text } from "../../reply.ts";

/**
 * Looks for known issues in a log.
 *
 * @param file `-` for what is piped in
 * @throws what reading the file throws
 */
export async function testLog(file: string, lookFor: LookFor, secrets: readonly string[]): Promise<{ isKnown: boolean; printed: string }> {
  const log: AsyncIterable<Uint8Array> = file === "-" ? process.stdin : createReadStream(file);
  const { known, totalLines, isCut } = await excerptOf(log, { secrets, lookFor });
  const read = `${totalLines} ${totalLines === 1 ? "line" : "lines"}${isCut ? ", as far as I read" : ""}`;
  if (!known) return { isKnown: false, printed: `None of the ${lookFor.issues.length} known issues fits (${read}).\n` };
  const { id, description, line, autoFix } = known;
  const reply = done(
    "known_issue",
    text(`${id}: ${description}`),
    { kind: "excerpt", text: line },
    facts(
      { label: "What helps", value: fixInWords(autoFix) },
      ...(autoFix ? [{ label: "Confidence", value: confidenceInWords(autoFix) }] : []),
    ),
  );
  return { isKnown: true, printed: renderTerminal(reply) };
}
