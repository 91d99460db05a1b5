import { journalFileIn } from "../config/present.ts";
import { accountName } from "../machine/account-name.ts";
import { actionsOrigin } from "../machine/actions-origin.ts";
import type { PhasePlan } from "../pipeline/phases/phases.ts";
import type { Journal } from "../pipeline/sessions/journal.ts";
import type { Origin } from "../pipeline/sessions/origin.ts";
import { openJournal } from "../state/sessions/open.ts";
import type { Context } from "./context.ts";
import { findGit, originRepository, readHead } from "./place/git-head.ts";
import { planFor } from "./place/plan-for.ts";
import { commandsIn, type ShellCommands } from "./shell/commands.ts";
import { surroundingsOf } from "./shell/surroundings.ts";

interface Given extends Pick<Context, "place" | "settings" | "problems" | "variables" | "note"> {
  readonly plans: readonly PhasePlan[];
  readonly stops: (context: Context) => readonly string[];
}

/** @returns what modules may ask for; close it behind the last of them */
export function createContext(session: string | undefined, given: Given): Context & { close(): void } {
  let opened: Journal | undefined;
  // What other processes have locked is waited for once, and not by each module.
  const journal = once(() => {
    opened = openJournal(journalFileIn(given.place.dataDir));
    return opened;
  });
  const git = once(() => findGit(given.place.cwd));
  const head = once(() => {
    const folder = git();
    return folder && readHead(folder);
  });
  const origin = once((): Origin => {
    const folder = git();
    const { sha, branch } = head() ?? {};
    const repository = folder && originRepository(folder);
    const actor = accountName();
    return {
      ...(session !== undefined && { session }),
      ...(repository !== undefined && { repository }),
      ...(branch !== undefined && { branch }),
      ...(sha !== undefined && { headSha: sha }),
      ...(actor !== undefined && { actor }),
      ...actionsOrigin(given.variables),
    };
  });
  const { plans, stops, ...known } = given;
  const read = new Map<string, Promise<ShellCommands>>();
  const context: Context & { close(): void } = {
    ...known,
    journal,
    head,
    plan: () => planFor(origin().repository, plans),
    origin,
    now: Date.now,
    signal: new AbortController().signal,
    stops: () => stops(context),
    commandsIn(text) {
      const commands = read.get(text) ?? commandsIn(text, surroundingsOf(given));
      read.set(text, commands);
      return commands;
    },
    close: () => opened?.close(),
  };
  return context;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | { readonly error: unknown } | undefined;
  return () => {
    made ??= tried(make);
    if ("error" in made) throw made.error;
    return made.value;
  };
}

function tried<T>(make: () => T): { readonly value: T } | { readonly error: unknown } {
  try {
    return { value: make() };
  } catch (error) {
    return { error };
  }
}
