import { createHash } from "node:crypto";

/** Foreign text, by what it is. */
export interface Section {
  /** Ours, never foreign. */
  readonly name: string;
  readonly text: string;
}

/**
 * Puts foreign text between marks that it cannot hold itself, as they follow from all of it: whoever writes the text cannot end the block, nor
 * begin another one.
 */
export function dataBlock(sections: readonly Section[]): string {
  const boundary = createHash("sha256").update(JSON.stringify(sections)).digest("hex").slice(0, 24);
  return sections.map(({ name, text }) => `<<${boundary} ${name}\n${text}\n${boundary}>>`).join("\n\n");
}
