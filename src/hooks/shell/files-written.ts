import { resolve } from "node:path";
import type { ShellCommand } from "./command.ts";
import { mayHold } from "./may-hold.ts";
import type { ShellWord } from "./word.ts";

/** Programs that write to what they are given: to all of it, or to the last. */
const writers: Readonly<Record<string, "all" | "last">> = { cp: "last", install: "last", ln: "last", mv: "last", tee: "all", touch: "all" };

/** Whether a text for a shell may make or change a file, as far as `filesWrittenBy` can see; no is sure. */
export const mayWrite = (text: string): boolean => text.includes(">") || mayHold(text, (word) => Object.hasOwn(writers, word));

/** Files that a command makes or changes, absolute, as far as its text says it: by redirects, and by programs that do little else. */
export function filesWrittenBy({ program, words, redirects, folder }: ShellCommand): readonly string[] {
  const operands = words.filter(({ text }) => !text.startsWith("-"));
  const written = writers[program ?? ""] === "all" ? operands : writers[program ?? ""] === "last" ? operands.slice(1).slice(-1) : [];
  const targets = redirects.flatMap(({ operator, target }) => (isToFile(operator, target) ? [target] : []));
  const paths = [...targets, ...written].flatMap(({ value }) => {
    if (value === undefined || value === "" || value.includes("\0")) return [];
    if (!value.startsWith("/") && folder === undefined) return [];
    return [resolve(folder ?? "/", value)];
  });
  return paths.filter((path) => !device.test(path));
}

/** Nothing stays of what is written there; `/dev/shm` has files. */
const device = /^\/dev\/(?!shm\/)/;

/** `2>&1` names no file. */
const isToFile = (operator: string, { value }: ShellWord): boolean =>
  operator.includes(">") && !(operator.endsWith("&") && /^(?:\d+-?|-)$/.test(value ?? ""));
