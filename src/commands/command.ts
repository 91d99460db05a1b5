import type { GitHubAccount, NeededRole, Role, SlackPerson } from "../pipeline/access.ts";
import type { Json } from "../pipeline/json.ts";
import type { Place } from "../pipeline/operations/operations.ts";
import type { Transaction } from "../pipeline/records.ts";
import type { Part, Reply } from "../reply.ts";
import type { Services } from "../services.ts";
import type { Arguments } from "./grammar/arguments.ts";
import type { TargetRef } from "./grammar/target.ts";

/** Who asked. A person in Slack who is not linked has no GitHub account. */
export interface Actor {
  /** `slack:T1/U1` or `github:583231`, for the audit and for limits. */
  readonly key: string;
  readonly name: string;
  readonly surface: "slack" | "github";
  readonly account?: GitHubAccount;
  /** Who they are in Slack, where they asked there. */
  readonly slack?: SlackPerson;
}

/** What a command is about: where it was asked, unless its text names another place. */
export interface Target {
  readonly repository: string;
  readonly pullRequest?: number;
  readonly ref?: string;
  /** The repository of this channel or pull request; reading any other one needs a link and a role of one's own. */
  readonly isHome: boolean;
}

/** Whether this person may do this here, and if not, why and who can change that. */
export type Verdict = { readonly isAllowed: true } | { readonly isAllowed: false; readonly reason: string; readonly message: string };

export interface Context {
  readonly actor: Actor;
  /** Absent only for commands of role `any`, where nothing was named and the channel has no repository of its own. */
  readonly target?: Target;
  /** Names this wish: whoever comes with the same one wants the same thing. */
  readonly intent: string;
  /** Where the reply is told, and told again when it changes. */
  readonly place: Place;
  /** The pull request that it is written on. */
  readonly pullRequestHere?: number;
  /** Where in Slack it is asked, and by whom; absent elsewhere. Both are ids. */
  readonly slack?: { readonly channel: string; readonly user: string };
  /** How commands are typed here: `/ci ` or `/ci-`. */
  readonly prefix: string;
  readonly commands: readonly Command[];
  /** Whether what things cost, and other inner workings, may be told here: not where everybody can read it, nor who reads another repository. */
  readonly showsInternals: boolean;
  /** Whether the command is to be shown to people here. */
  isOffered(command: Command): boolean;
  may(command: Command): Promise<Verdict>;
  /** The actor's role on the target's repository; undefined without an account or a target. */
  role(): Promise<Role | undefined>;
  /**
   * Writes down, in the transaction that changes something, that the command ended so: after a crash there is then either both or neither,
   * and whoever comes with the same intent gets this reply. `run` returns the same one.
   */
  conclude(tx: Transaction, reply: Reply): Promise<void>;
  /** Goes on with the command that asked this person first. Throws UserError when there is none of that code. */
  confirmed(code: string): Promise<Reply>;
}

export interface Example {
  /** The arguments: `#12`. */
  readonly args: string;
  /** What this one does, in a few words. */
  readonly does: string;
  /** It names nothing that was made up and changes nothing, so that help offers it as a button. */
  readonly canBeTried?: true;
}

/** What a command would do, for the same person to agree to. */
export interface Question {
  readonly parts: readonly Part[];
  /** The button's label, of at most 25 characters. */
  readonly label: string;
  /** What Slack's dialog says once more. */
  readonly confirm: { readonly title: string; readonly text: string };
  /** What they agree to, handed to `run` as it was shown. */
  readonly agreedTo: Json;
}

/** Said by a command that need not ask this time. */
export interface NoQuestion {
  /** Handed to `run` as if the person had agreed to it. */
  readonly agreedTo: Json;
}

/** A command is data plus `parse` and `run`: no SDK, no markup, no surface. */
export interface Command<Input = unknown, Needs extends keyof Services = keyof Services> {
  readonly name: string;
  /** Its arguments as help shows them: `[#pr|branch|sha]`. */
  readonly usage: string;
  readonly summary: string;
  /** Uses worth showing; the first one is the plainest. */
  readonly examples: readonly Example[];
  readonly role: NeededRole;
  /** It changes something, so that one person's uses are spaced by the cooldown, and none gets through while the repository is frozen. */
  readonly isMutating?: true;
  /** One person may use it again at once, on another thing: it costs nobody anything. */
  readonly isUnspaced?: true;
  /** It tells of the bot's inner workings: never on a public repository, unless `allow.internalsOn` names it. */
  readonly isInternal?: true;
  /** It acts on the head of its target as that stands: what is carried out later is refused when the head has moved. */
  readonly actsOnHead?: true;
  /** It does its work in a frozen repository too. */
  readonly worksWhileFrozen?: true;
  /**
   * Whether it has anything to work on there, as the bot is configured; absent means everywhere. What has not stands in no help and no
   * suggestion; whoever uses it all the same is told what to configure.
   */
  isOffered?(repository: string | undefined, services: Pick<Services, Needs>): boolean;
  /**
   * What follows its options and its place is one text, taken as it was typed (`Arguments.text`): a question, in which `#12` or `a=b` mean
   * nothing. The names of its options that have a value.
   */
  readonly takesText?: readonly string[];
  /** @throws UserError (invalid) */
  parse(args: Arguments): Input;
  /** What some of its arguments make of it: `budget override` takes an admin and changes something, `budget` does neither. */
  withArguments?(input: Input): Partial<Pick<Command, "role" | "isMutating" | "worksWhileFrozen">>;
  /** The place that the text names, when it names one. */
  targetOf?(input: Input): TargetRef | undefined;
  /** Makes the command ask first. Throws UserError when there is nothing to ask, or ServiceError. */
  ask?(input: Input, context: Context, services: Pick<Services, Needs>): Promise<Question | NoQuestion>;
  /**
   * @param agreedTo what `ask` gave, for a command that asks first
   * @throws UserError or ServiceError
   */
  run(input: Input, context: Context, services: Pick<Services, Needs>, agreedTo?: Json): Promise<Reply>;
}

/** Gives a command its types. */
export function defineCommand<Input, Needs extends keyof Services = never>(command: Command<Input, Needs>): Command<Input, Needs> {
  return command;
}

/** Says that a command takes nothing. */
export const noArguments = (): undefined => undefined;
