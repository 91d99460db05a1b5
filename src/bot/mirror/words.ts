import { createHash } from "node:crypto";

/** Names a text, so that two versions can be told apart without keeping either. */
export const nameOfWords = (text: string): string => createHash("sha256").update(text).digest("base64url").slice(0, 22);
