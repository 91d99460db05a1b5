import { maskWith } from "./mask.ts";
import { withoutKey } from "./private-key.ts";

/** A line of a log as it was read. */
export interface ReadLine {
  readonly text: string;
  /** It went on, and its end was dropped. */
  readonly isCut: boolean;
  readonly isInKey: boolean;
}

/** No shape of a token is longer before it is recognised as one. */
const leastDropped = 512;

/** What a person may see of it. A cut line may end within a secret: so much of its end goes that none can be there. */
export function shown({ text, isCut, isInKey }: ReadLine, forms: readonly string[]): string {
  const masked = maskWith(isInKey ? withoutKey(text) : text, forms);
  const mayBePart = Math.max(leastDropped, ...forms.map((form) => form.length));
  return isCut ? masked.slice(0, -mayBePart) : masked;
}
