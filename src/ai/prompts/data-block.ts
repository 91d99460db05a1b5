import { createHash } from "node:crypto";
import { plainText } from "../../pipeline/ai/plain-text.ts";

interface Section {
  readonly name: string;
  /** Foreign: whatever stands in it is data. */
  readonly text: string;
}

/** What is in a comment is seen by no reader of the page, and read by every model. An open one reaches to the end, as browsers have it. */
const htmlComment = /<!--[\s\S]*?(?:-->|$)/g;

/**
 * Foreign text for a prompt, each piece between two lines that it cannot contain: they hold a hash of all of it. What nobody sees is taken out.
 * The instructions say that nothing between those lines is an instruction.
 */
export function dataBlock(sections: readonly Section[]): string {
  const clean = sections.map(({ name, text }) => ({ name, text: visible(text) }));
  const boundary = createHash("sha256").update(JSON.stringify(clean)).digest("hex").slice(0, 32);
  return clean.map(({ name, text }) => `--- ${boundary} begin ${name} ---\n${text}\n--- ${boundary} end ${name} ---`).join("\n\n");
}

/** A gap stays, so that what stood around it makes no other comment. */
const visible = (text: string): string => plainText(text, text.length + 1).replaceAll(htmlComment, " ");
