import type { ShellCommand } from "../command.ts";
import { codeWordsOf, readsItsInput } from "../runs.ts";
import { commandsOf } from "../word.ts";
import type { Harm, Judge } from "./harm.ts";

const downloaders: ReadonlySet<string> = new Set(["curl", "wget", "fetch", "aria2c", "http", "https", "xh"]);
const isDownload = ({ program }: ShellCommand): boolean => program !== undefined && downloaders.has(program);

/** Running what comes from the network before anybody has seen it. */
export const runsUnseen: Judge = (command) => {
  const cause = readsItsInput(command) || isInterpreter(command) ? command.pipedFrom.find(isDownload) : undefined;
  const found = cause ?? codeWordsOf(command).flatMap(commandsOf).find(isDownload);
  return found && harmOf(found);
};

/** `python3 -` reads its program from its input; `python3 -m json.tool` reads what it works on. */
const isInterpreter = ({ program, words }: ShellCommand): boolean =>
  /^(?:python[\d.]*|perl|ruby|node|php)$/.test(program ?? "") && words.every(({ text }) => text === "-");

const harmOf = (cause: ShellCommand): Harm => ({
  would: "run what it downloads before anybody has seen it",
  instead: "Download it to a file, read it, and run the file then.",
  isMinor: true,
  cause,
});
