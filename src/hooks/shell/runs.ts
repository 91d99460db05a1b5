import { resolve } from "node:path";
import type { ShellCommand } from "./command.ts";
import { type ShellWord, text, toWord } from "./word.ts";

/** What a command makes run in its turn. */
export type Run =
  | { readonly kind: "command"; readonly words: readonly ShellWord[]; readonly folder: string | undefined }
  | { readonly kind: "script"; readonly text: string };

interface Wrapper {
  /** Options whose value is the next word. */
  readonly valued: string;
  /** Words before the command that it runs. */
  readonly operands?: number;
}

/** Programs that run the command behind their own options. */
const wrappers: Readonly<Record<string, Wrapper>> = {
  builtin: { valued: "" },
  busybox: { valued: "" },
  chronic: { valued: "" },
  chroot: { valued: "", operands: 1 },
  command: { valued: "" },
  doas: { valued: "u C" },
  env: { valued: "u unset C chdir S split-string" },
  exec: { valued: "a" },
  flock: { valued: "w wait timeout E", operands: 1 },
  ionice: { valued: "c n class classdata" },
  nice: { valued: "n adjustment" },
  nohup: { valued: "" },
  setsid: { valued: "" },
  strace: { valued: "o e p s u E P S a b" },
  stdbuf: { valued: "i o e input output error" },
  sudo: { valued: "u g h p C r t T U D R user group host prompt chdir chroot" },
  "systemd-run": { valued: "p property u unit E setenv" },
  taskset: { valued: "", operands: 1 },
  time: { valued: "f o format output" },
  timeout: { valued: "s k signal kill-after", operands: 1 },
  toybox: { valued: "" },
  unshare: { valued: "S G R w setuid setgid root wd" },
  watch: { valued: "n interval" },
  xargs: { valued: "I n P L s d a E max-args max-procs max-lines replace delimiter arg-file" },
};

const shells: ReadonlySet<string> = new Set(["sh", "bash", "dash", "zsh", "ksh", "ash"]);

/** A shell's options that take a value of their own, apart from `-c`. */
const shellValues = /^(?:[-+][a-zA-Z]*[oO]|--(?:rcfile|init-file))$/;

export function runsOf(command: ShellCommand): readonly Run[] {
  const { program, words } = command;
  if (program === undefined) return [];
  if (shells.has(program)) return inShell(command);
  if (program === "eval") return [script(words)];
  if (program === "trap") return words[0] && words.length > 1 && words[0].text !== "-" ? [script(words.slice(0, 1))] : [];
  if (program === "find" || program === "fd") return ofFind(command);
  if (program === "su" || program === "script") return ofOption(words, "-c", "--command");
  const wrapper = Object.hasOwn(wrappers, program) ? wrappers[program] : undefined;
  return wrapper ? behind(command, wrapper) : [];
}

/** What a shell's own words make it run. */
type Code =
  | { readonly kind: "text"; readonly word: ShellWord }
  | { readonly kind: "file"; readonly word: ShellWord }
  | { readonly kind: "input" }
  | { readonly kind: "nothing" };

function codeOf(words: readonly ShellWord[]): Code {
  for (let index = 0; index < words.length; index++) {
    const word = words[index];
    if (!word) continue;
    if (/^-[a-zA-Z]*c[a-zA-Z]*$/.test(word.text)) {
      const text = words.slice(index + 1).find(({ text: next }) => !/^[-+]/.test(next));
      return text ? { kind: "text", word: text } : { kind: "nothing" };
    }
    if (shellValues.test(word.text)) index++;
    else if (/^-[a-zA-Z]*s[a-zA-Z]*$/.test(word.text) || word.text === "/dev/stdin") return { kind: "input" };
    else if (/^--(?:help|version)$/.test(word.text)) return { kind: "nothing" };
    else if (word.text !== "-" && !/^[-+]/.test(word.text)) return { kind: "file", word };
  }
  return { kind: "input" };
}

function inShell({ words, input }: ShellCommand): readonly Run[] {
  const code = codeOf(words);
  if (code.kind === "text") return [script([code.word])];
  return code.kind === "input" && input ? [{ kind: "script", text: input.text }] : [];
}

const isShell = (program: string | undefined): boolean => program !== undefined && shells.has(program);

/** A shell that runs neither a file nor a text of its own runs what it reads. */
export const readsItsInput = ({ program, words }: ShellCommand): boolean => isShell(program) && codeOf(words).kind === "input";

/** The words of a command that are run as they are, or name a file that is. */
export function codeWordsOf({ program, words }: ShellCommand): readonly ShellWord[] {
  if (program === "eval") return words;
  if (program === "source" || program === ".") return words.slice(0, 1);
  const code = isShell(program) ? codeOf(words) : undefined;
  return code && "word" in code ? [code.word] : [];
}

function behind({ program, words, folder, input }: ShellCommand, { valued, operands = 0 }: Wrapper): readonly Run[] {
  const takesValue = new Set(valued.split(" ").map((name) => (name.length === 1 ? `-${name}` : `--${name}`)));
  let operandsLeft = operands;
  let inner = folder;
  for (let index = 0; index < words.length; index++) {
    const word = words[index]?.text ?? "";
    const next = words[index + 1];
    if (program === "command" && /^-[vV]+$/.test(word)) return [];
    if (program === "env" && (word === "-S" || word === "--split-string")) return [script(words.slice(index + 1))];
    if (program === "flock" && (word === "-c" || word === "--command")) return [script(words.slice(index + 1, index + 2))];
    const isFolder = (program === "env" && /^(?:-C|--chdir)$/.test(word)) || (program === "sudo" && /^(?:-D|--chdir)$/.test(word));
    if (isFolder) inner = next?.value === undefined || folder === undefined ? undefined : resolve(folder, next.value);
    if (takesValue.has(word)) index++;
    else if (word === "--" || (word.startsWith("-") && word !== "-")) continue;
    else if ((program === "env" || program === "sudo" || program === "doas") && /^\w+=/.test(word)) continue;
    else if (operandsLeft > 0) operandsLeft--;
    else
      return [
        { kind: "command", words: program === "xargs" ? [...words.slice(index), ...added(input)] : words.slice(index), folder: inner },
      ];
  }
  return [];
}

const longestInput = 4_096;

/** What xargs adds to its command, where that is known. */
const added = (input: ShellWord | undefined): readonly ShellWord[] =>
  input?.value === undefined
    ? []
    : input.value
        .slice(0, longestInput)
        .split(/\s+/)
        .flatMap((word) => (word === "" ? [] : [toWord([text(word)])]));

function ofFind({ words, folder }: ShellCommand): readonly Run[] {
  const runs: Run[] = [];
  for (let index = 0; index < words.length; index++) {
    if (!/^(?:-exec|-execdir|-ok|-okdir|-x|-X|--exec|--exec-batch)$/.test(words[index]?.text ?? "")) continue;
    const rest = words.slice(index + 1);
    const end = rest.findIndex(({ text: word }) => word === ";" || word === "+");
    const inner = end === -1 ? rest : rest.slice(0, end);
    if (inner.length > 0) runs.push({ kind: "command", words: inner, folder });
    index += inner.length;
  }
  return runs;
}

function ofOption(words: readonly ShellWord[], ...names: readonly string[]): readonly Run[] {
  const at = words.findIndex(({ text: word }) => names.includes(word));
  return at === -1 ? [] : [script(words.slice(at + 1, at + 2))];
}

const script = (words: readonly ShellWord[]): Run => ({ kind: "script", text: words.map(({ text: word }) => word).join(" ") });
