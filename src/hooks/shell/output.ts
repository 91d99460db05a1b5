import type { ShellCommand } from "./command.ts";
import { type Piece, type ShellWord, text, unknown } from "./word.ts";

/** @returns what a command prints, where that follows from its text; undefined where it does not, and where it goes elsewhere */
export const outputOf = (command: ShellCommand): readonly Piece[] | undefined =>
  command.redirects.some(({ operator }) => /^&?>/.test(operator)) ? undefined : printedBy(command);

/** The same, wherever it goes. */
export function printedBy({ program, words, input, folder }: ShellCommand): readonly Piece[] | undefined {
  if (program === "cat" && words.every(({ text: word }) => word === "-")) return input?.pieces;
  if (program === "echo") return echoed(words);
  if (program === "printf") return printed(words);
  if (program === "pwd" && folder !== undefined) return [text(`${folder}\n`)];
  // A new file or folder, in the temporary one unless a template says otherwise.
  if (program === "mktemp") return madeBy(words);
  return undefined;
}

/** What `$(…)` makes of it. */
export function withoutLastNewlines(pieces: readonly Piece[]): readonly Piece[] {
  const last = pieces.at(-1);
  if (last?.kind !== "text") return pieces;
  let end = last.text.length;
  while (last.text[end - 1] === "\n") end--;
  if (end === last.text.length) return pieces;
  return end === 0 ? withoutLastNewlines(pieces.slice(0, -1)) : [...pieces.slice(0, -1), text(last.text.slice(0, end))];
}

function echoed(words: readonly ShellWord[]): readonly Piece[] {
  const first = words.findIndex(({ text: word }) => !/^-[neE]+$/.test(word));
  const options = words.slice(0, Math.max(first, 0)).map(({ text: word }) => word);
  const said = joined(first === -1 ? [] : words.slice(first));
  const pieces = options.some((option) => option.includes("e")) ? said.map(unescaped) : said;
  return options.some((option) => option.includes("n")) ? pieces : [...pieces, text("\n")];
}

/** Only `%s` in the format; what is more is not known. */
function printed(words: readonly ShellWord[]): readonly Piece[] | undefined {
  const [format, ...values] = words[0]?.text === "--" ? words.slice(1) : words;
  if (format?.value === undefined) return undefined;
  const parts = format.value.replaceAll("%%", "\0").split("%s");
  if (parts.some((part) => part.includes("%"))) return undefined;
  const texts = parts.map((part) => unescaped(text(part.replaceAll("\0", "%"))));
  if (parts.length === 1) return texts;
  const rounds = Math.max(1, Math.ceil(values.length / (parts.length - 1)));
  return Array.from({ length: rounds }, (_, round) =>
    texts.flatMap((part, index) => {
      const value = index === texts.length - 1 ? undefined : values[round * (texts.length - 1) + index];
      return [part, ...(value?.pieces ?? [])];
    }),
  ).flat();
}

function madeBy(words: readonly ShellWord[]): readonly Piece[] {
  const template = words.find(({ text: word }) => !word.startsWith("-"));
  return [template?.value?.startsWith("/") ? text(template.value) : template ? unknown("$(mktemp)", false) : text("/tmp/tmp.XXXXXXXXXX")];
}

const joined = (words: readonly ShellWord[]): readonly Piece[] =>
  words.flatMap(({ pieces }, index) => (index === 0 ? pieces : [text(" "), ...pieces]));

const escapes: Readonly<Record<string, string>> = { "\\n": "\n", "\\t": "\t", "\\\\": "\\", "\\r": "\r" };
const unescaped = (piece: Piece): Piece =>
  piece.kind === "text" ? text(piece.text.replace(/\\[nt\\r]/g, (sequence) => escapes[sequence] ?? sequence)) : piece;
