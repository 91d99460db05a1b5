import { resolve } from "node:path";
import type { ShellCommand } from "./command.ts";
import { mayHold } from "./may-hold.ts";
import type { ShellWord } from "./word.ts";

interface Writer {
  /** Which of its operands it writes to. */
  readonly to?: "all" | "first" | "last" | "not the first";
  /** Options whose value is the next word. */
  readonly valued?: string;
  /** Options whose value is a file, or the folder, that it writes to: then it writes to no operand. */
  readonly into?: string;
  /** Without an option of this kind it writes nothing. */
  readonly only?: RegExp;
}

/** Programs that write to what they are given. */
const writers: Readonly<Record<string, Writer>> = {
  cp: { to: "last", into: "-t --target-directory", valued: "-S --suffix" },
  curl: { into: "-o --output" },
  dd: { into: "of" },
  install: { to: "last", into: "-t --target-directory", valued: "-m --mode -o --owner -g --group -S" },
  ln: { to: "last", into: "-t --target-directory", valued: "-S --suffix" },
  mkdir: { to: "all", valued: "-m --mode" },
  mv: { to: "last", into: "-t --target-directory", valued: "-S --suffix" },
  patch: { to: "first", into: "-o --output", valued: "-p -i -d -D -r -F" },
  rsync: { to: "last", valued: "-e --rsh --exclude --include --files-from" },
  sed: { to: "not the first", only: /^(?:-[a-zA-Z]*i|--in-place)/ },
  sort: { into: "-o --output" },
  sponge: { to: "all" },
  tee: { to: "all" },
  touch: { to: "all", valued: "-d --date -r --reference -t" },
  truncate: { to: "all", valued: "-s --size -r --reference" },
  wget: { into: "-O --output-document" },
};

/** Programs that remove what they are given. */
const removers: readonly string[] = ["rm", "rmdir", "shred", "unlink"];

/** Whether a text for a shell may make, change or remove a file, as far as can be seen here; no is sure. */
export const mayWrite = (text: string): boolean =>
  text.includes(">") || mayHold(text, (word) => Object.hasOwn(writers, word) || removers.includes(word));

/** Files that a command makes or changes, absolute, as far as its text says it: by redirects, and by programs that do little else. */
export function filesWrittenBy({ program = "", words, redirects, folder }: ShellCommand): readonly string[] {
  const writer = Object.hasOwn(writers, program) ? writers[program] : undefined;
  const targets = redirects.flatMap(({ operator, target }) => (isToFile(operator, target) ? [target.value] : []));
  return pathsOf([...targets, ...(writer ? writtenBy(writer, words) : [])], folder).filter((path) => !device.test(path));
}

/** Files and folders that are no longer there behind a command, absolute, as far as its text says it. */
export function filesRemovedBy({ program, words, folder }: ShellCommand): readonly string[] {
  const operands = words.flatMap(({ text, value }) => (text.startsWith("-") ? [] : [value]));
  if (program !== undefined && removers.includes(program)) return pathsOf(operands, folder);
  return program === "mv" ? pathsOf(operands.slice(0, -1), folder) : [];
}

const pathsOf = (values: readonly (string | undefined)[], folder: string | undefined): readonly string[] =>
  values.flatMap((value) => {
    if (value === undefined || value === "" || value.includes("\0")) return [];
    if (!value.startsWith("/") && folder === undefined) return [];
    return [resolve(folder ?? "/", value)];
  });

function writtenBy({ to, valued = "", into = "", only }: Writer, words: readonly ShellWord[]): readonly (string | undefined)[] {
  if (only && !words.some(({ text }) => only.test(text))) return [];
  const [withValue, withTarget] = [valued.split(" "), into.split(" ")];
  const operands: (string | undefined)[] = [];
  const named: (string | undefined)[] = [];
  let isScriptGiven = false;
  for (let index = 0; index < words.length; index++) {
    const { text = "", value } = words[index] ?? {};
    const [option = "", ...rest] = text.split("=");
    if (rest.length > 0 && withTarget.includes(option)) named.push(value?.slice(option.length + 1));
    else if (withTarget.includes(text)) named.push(words[++index]?.value);
    else if (withValue.includes(text)) index++;
    else if (only && /^(?:-[a-zA-Z]*[ef]|--(?:expression|file))$/.test(text)) {
      isScriptGiven = true;
      index++;
    } else if (!text.startsWith("-")) operands.push(value);
  }
  if (named.length > 0) return named;
  if (to === "all" || (to === "not the first" && isScriptGiven)) return operands;
  if (to === "first") return operands.slice(0, 1);
  if (to === undefined) return [];
  return to === "last" ? operands.slice(1).slice(-1) : operands.slice(1);
}

/** Nothing stays of what is written there; `/dev/shm` has files. */
const device = /^\/dev\/(?!shm\/)/;

/** `2>&1` names no file. */
const isToFile = (operator: string, { value }: ShellWord): boolean =>
  operator.includes(">") && !(operator.endsWith("&") && /^(?:\d+-?|-)$/.test(value ?? ""));
