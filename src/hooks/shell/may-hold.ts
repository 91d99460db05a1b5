/** In such a text a word means itself: nothing is quoted, put in for a variable, expanded or hidden. */
const plain = /^[\w\s./=:@,+%&|;>-]*$/;
const longest = 1_000;

/**
 * Whether a shell may find such a word in a text. No is sure, as it is for most texts: then the parser, which takes longer than all else that is done
 * for a command, need not be loaded.
 *
 * @param isMeant of a word, without the folder before it
 */
export const mayHold = (text: string, isMeant: (word: string) => boolean): boolean =>
  text.length > longest || !plain.test(text) || text.split(/[\s&|;>]+/).some((word) => isMeant(word.slice(word.lastIndexOf("/") + 1)));
