import type { HookSettings } from "../config/hooks.ts";
import type { PhasePlan } from "../pipeline/phases/phases.ts";
import type { Journal } from "../pipeline/sessions/journal.ts";
import type { Origin } from "../pipeline/sessions/origin.ts";
import type { Head } from "./place/git-head.ts";
import type { ShellCommands } from "./shell/commands.ts";

/** What a module may ask for. What costs time is a function, and is done when it is called first. */
export interface Context {
  /** Absolute. */
  readonly place: {
    /** The root of the checkout that Claude Code was started in. */
    readonly project: string;
    /** Where the tool would run. */
    readonly cwd: string;
    /** Where our state is: `.nextrust`, and `nextrust.db` in it. */
    readonly dataDir: string;
  };
  readonly settings: HookSettings;
  /** What is wrong with the settings file: then the settings are the usual ones. */
  readonly problems: readonly string[];
  /** Variables of the process; never logged. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Opened when it is called first, and closed behind the last module. */
  journal(): Journal;
  /** The commit that is checked out; undefined outside a repository of git, and before its first commit. */
  head(): Head | undefined;
  /** The phases of the repository, where any are configured. */
  plan(): PhasePlan | undefined;
  /** Every command that a text for a shell would run; a text is read once, whoever asks. */
  commandsIn(text: string): Promise<ShellCommands>;
  /** What guards stop as things are, a half-sentence each. */
  stops(): readonly string[];
  /** What the session's events are of. */
  origin(): Origin;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Aborted when there is no time left. */
  readonly signal: AbortSignal;
  /** Writes a line into the hook log: a fixed message, and what varies as fields, without secrets and without text of the session. */
  note(message: string, fields?: Readonly<Record<string, unknown>>): void;
}
