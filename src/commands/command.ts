import type { GitHubAccount, NeededRole, Role } from "../pipeline/access.ts";
import type { Reply } from "../reply.ts";
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
  /** How commands are typed here: `/ci ` or `/ci-`. */
  readonly prefix: string;
  readonly commands: readonly Command[];
  may(command: Command): Promise<Verdict>;
  /** The actor's role on the target's repository; undefined without an account or a target. */
  role(): Promise<Role | undefined>;
}

/** A command is data plus `parse` and `run`: no SDK, no markup, no surface. */
export interface Command<Input = unknown, Needs extends keyof Services = keyof Services> {
  readonly name: string;
  /** Its arguments as help shows them: `[#pr|branch|sha]`. */
  readonly usage: string;
  readonly summary: string;
  /** Argument lists worth showing; the first one is the plainest. */
  readonly examples: readonly string[];
  readonly role: NeededRole;
  /** It changes something, so that one person's uses are spaced by the cooldown. */
  readonly isMutating?: true;
  /** @throws UserError (invalid) */
  parse(args: Arguments): Input;
  /** The place that the text names, when it names one. */
  targetOf?(input: Input): TargetRef | undefined;
  /** @throws UserError or ServiceError */
  run(input: Input, context: Context, services: Pick<Services, Needs>): Promise<Reply>;
}

/** Gives a command its types. */
export function defineCommand<Input, Needs extends keyof Services = never>(command: Command<Input, Needs>): Command<Input, Needs> {
  return command;
}

/** Says that a command takes nothing. */
export const noArguments = (): undefined => undefined;
