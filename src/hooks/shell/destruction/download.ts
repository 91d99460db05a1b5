import type { ShellCommand } from "../command.ts";
import { codeWordsOf, readsItsInput } from "../runs.ts";
import { commandsOf, type ShellWord } from "../word.ts";
import type { Harm, Judge } from "./harm.ts";

const downloaders: ReadonlySet<string> = new Set(["curl", "wget", "fetch", "aria2c", "http", "https", "xh"]);
const isDownload = ({ program }: ShellCommand): boolean => program !== undefined && downloaders.has(program);

/** What nobody can read who sees the command: `base64 -d`, `xxd -r`, `openssl enc -d`. */
const isDecoding = ({ program, words }: ShellCommand): boolean => {
  const options: Readonly<Record<string, RegExp>> = { base32: decode, base64: decode, openssl: /^-d$/, xxd: /^-r/ };
  const decodes = program !== undefined && Object.hasOwn(options, program) ? options[program] : undefined;
  return decodes !== undefined && words.some(({ text }) => decodes.test(text));
};
const decode = /^(?:-[a-z]*[dD]|--decode)$/;

/** Running what comes from the network, or is hidden in the command, before anybody has seen it. */
export const runsUnseen: Judge = (command) => {
  const sources = [...codeWordsOf(command), ...codeOfInterpreter(command)].flatMap(commandsOf);
  if (readsItsInput(command) || readsItsProgram(command)) sources.push(...command.pipedFrom, ...inputsOf(command).flatMap(commandsOf));
  const download = sources.find(isDownload);
  if (download) return { would: "run what it downloads before anybody has seen it", ...instead("Download"), cause: download };
  const decoding = sources.find(isDecoding);
  return decoding && { would: "run what it decodes before anybody has seen it", ...instead("Decode"), cause: decoding };
};

const instead = (verb: string): Pick<Harm, "instead" | "isMinor"> => ({
  instead: `${verb} it to a file, read it, and run the file then.`,
  isMinor: true,
});

const inputsOf = ({ input, redirects }: ShellCommand): readonly ShellWord[] => [
  ...(input ? [input] : []),
  ...redirects.flatMap(({ operator, target }) => (operator === "<" ? [target] : [])),
];

const isInterpreter = ({ program }: ShellCommand): boolean => /^(?:python[\d.]*|perl|ruby|node|php)$/.test(program ?? "");

/** `python3 -` reads its program from its input; `python3 -m json.tool` reads what it works on. */
const readsItsProgram = (command: ShellCommand): boolean => isInterpreter(command) && command.words.every(({ text }) => text === "-");

/** Behind `-c` and the like, or the file that it runs; what follows is what the program works on. */
function codeOfInterpreter(command: ShellCommand): readonly ShellWord[] {
  if (!isInterpreter(command)) return [];
  const { words } = command;
  const at = words.findIndex(({ text }) => !text.startsWith("-") || /^(?:-c|-e|-r|-p|--eval|--print)$/.test(text));
  if (at === -1) return [];
  const code = words[at]?.text.startsWith("-") ? words[at + 1] : words[at];
  return code ? [code] : [];
}
