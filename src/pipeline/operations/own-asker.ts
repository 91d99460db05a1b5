import type { Asker } from "./operations.ts";

/** The bot itself, for what it does without a person. No person has a key of that shape. */
export const ownAsker: Asker = { key: "nextrust", name: "NeXTRust CI", surface: "github" };

export const isOwn = ({ key }: Asker): boolean => key === ownAsker.key;
