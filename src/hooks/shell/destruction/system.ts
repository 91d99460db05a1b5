import type { ShellCommand } from "../command.ts";
import type { Harm, Judge } from "./harm.ts";
import { hasOption, partedOf } from "./options.ts";
import { targetOf } from "./target.ts";

/** Rights on everything that somebody has, which nobody can put back. */
export const takesRights: Judge = ({ program, words, folder }, ground) => {
  if (!/^(?:chmod|chown|chgrp)$/.test(program ?? "")) return undefined;
  const { options, operands } = partedOf(words);
  if (!hasOption(options, "R", "recursive")) return undefined;
  const hasReference = options.some((option) => option.startsWith("--reference"));
  for (const word of hasReference ? operands : operands.slice(1)) {
    const target = targetOf(word, folder, ground);
    if (!target || !(target.reach === "system" || target.reach === "home")) continue;
    const empty = target.isEmptied ? " if its variable is empty" : "";
    return { would: `change the rights of ${target.what}${empty}, which cannot be put back`, instead: "Name the files that are meant." };
  }
  return undefined;
};

/** Stopping the machine, or everything on it. */
export const stopsMachine: Judge = ({ program, words }) => {
  const texts = words.map(({ text }) => text);
  const isAsking = texts.some((word) => /^(?:--help|--version|-c|--show|-w|--wtmp-only)$/.test(word));
  const [first, ...rest] = texts.filter((word) => !word.startsWith("-"));
  const stops =
    (program === "shutdown" && /^(?:now|\+\d+|\d\d?:\d\d)$/.test(first ?? "now")) ||
    (/^(?:reboot|halt|poweroff)$/.test(program ?? "") && /^(?:now)?$/.test(first ?? "") && rest.length === 0) ||
    (/^(?:init|telinit)$/.test(program ?? "") && /^[06]$/.test(first ?? "") && rest.length === 0) ||
    (program === "systemctl" && /^(?:reboot|poweroff|halt|kexec|suspend|hibernate|soft-reboot)$/.test(first ?? ""));
  if (stops && !isAsking)
    return { would: "stop or restart this machine", instead: "Restart the one program that is meant, or ask the person to do it." };
  if (program === "kill" && texts.length > 1 && texts[0] !== "-l" && texts.at(-1) === "-1") {
    return { would: "end every process of this account, this session too", instead: "End the one process that is meant, by its id." };
  }
  return undefined;
};

/** A function that starts itself twice and at once, as `:(){ :|:& };:` does. One that calls itself for each of something has arguments. */
export const forks: Judge = (command, _, before) => {
  const isSelf = ({ program, functions, isParallel, words }: ShellCommand) =>
    isParallel && program !== undefined && words.length === 0 && functions.includes(program);
  const isBomb = isSelf(command) && before().some((other) => isSelf(other) && other.program === command.program);
  return isBomb ? { would: "start itself again and again until the machine stands still", instead: "Leave it out." } : undefined;
};

/** A database whose name says that it can be made again may go. */
const throwaway = /(?:^|[_\W])(?:tests?|testing|te?mp|temporary|dev|development|ci|scratch|sandbox|demo|e2e|spec|example)(?:$|[_\W\d])/i;
const drops = /\bdrop\s+(?:database|schema)\s+(?:if\s+exists\s+)?["'`[]?([\w$.-]{1,100})/gi;

/** Whole databases. */
export const dropsDatabase: Judge = ({ program, words, input }) => {
  if (program === "dropdb") {
    const name = partedOf(words).operands.at(-1);
    return name && !throwaway.test(name.text) ? dropped(name.text) : undefined;
  }
  if (!/^(?:psql|mysql|mariadb|mysqladmin|sqlcmd|clickhouse-client|cockroach)$/.test(program ?? "")) return undefined;
  for (const said of [...words, ...(input ? [input] : [])]) {
    for (const [, name = ""] of said.text.matchAll(drops)) if (!throwaway.test(name)) return dropped(name);
  }
  const admin = program === "mysqladmin" ? words.findIndex(({ text }) => text === "drop") : -1;
  const name = admin === -1 ? undefined : words[admin + 1]?.text;
  return name !== undefined && !throwaway.test(name) ? dropped(name) : undefined;
};

const dropped = (name: string): Harm => ({
  would: `delete the database ${name}`,
  instead: "Use one whose name says that it is for tests, such as app_test, or ask the person to do it.",
});

/** What a service keeps and nobody can make again. */
export const deletesKept: Judge = ({ program, words }) => {
  const texts = words.map(({ text }) => text);
  const isHelp = texts.includes("--help");
  if (program === "gh" && texts[0] === "repo" && texts[1] === "delete" && !isHelp) {
    return { would: "delete a repository on GitHub, with its issues and pull requests", instead: "Ask the person to do it." };
  }
  const isPrune =
    texts[1] === "prune" && (texts[0] === "volume" ? hasOption(texts, "a", "all") : texts[0] === "system" && texts.includes("--volumes"));
  if ((program === "docker" || program === "podman") && isPrune && !isHelp) {
    return {
      would: "delete the volumes of containers, with the data in them",
      instead: "Leave out the volumes, or remove the one that is meant by its name.",
    };
  }
  return undefined;
};
