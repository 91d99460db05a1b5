/** One that people and models read alike, and that no tool obeys. */
const standIn = "＠";

/** For the instructions of a question whose at signs are replaced. */
export const aboutAtSigns = `Every at sign of the text is written as ${standIn}, for technical reasons. Read ${standIn} as an ordinary at sign, and say nothing about it.`;

/**
 * Both the Gemini CLI and Claude Code put the file into a question for which it says `@path`, though they have no tools: with `@/etc/passwd` in a
 * change its author would have it read by the model, and maybe published.
 */
export const withoutAtSigns = (text: string): string => text.replaceAll("@", standIn);

/** What a model said, with the at signs that were meant. */
export const withAtSigns = (text: string): string => text.replaceAll(standIn, "@");
