import { maskWith } from "../logs/mask.ts";
import { secretForms } from "../logs/secret-forms.ts";

/** The line with which the block's first section begins, and by it the code of all of them. */
const firstLine = /^BEGIN DATA ([0-9a-f]{24}) /;

/**
 * Masks the data of a prompt, each section for itself: what looks like the beginning or end of a private key in one of them would otherwise
 * take the others with it, and the lines that part them.
 */
export function maskData(data: string, secrets: readonly string[]): string {
  const forms = secretForms(secrets);
  const [, code] = firstLine.exec(data) ?? [];
  if (code === undefined) return maskWith(data, forms);
  const border = new RegExp(`^(?:BEGIN DATA ${code} .*|END DATA ${code})$`, "gm");
  let masked = "";
  let done = 0;
  for (const { index, 0: line } of data.matchAll(border)) {
    masked += maskWith(data.slice(done, index), forms) + line;
    done = index + line.length;
  }
  return masked + maskWith(data.slice(done), forms);
}
