import type { CommandLine } from "../commands/grammar/command-line.ts";
import type { Json } from "../pipeline/json.ts";
import type { GitHubThread } from "../pipeline/outbox.ts";

/** The task of the job that every delivery with words in it becomes. */
export const answerTask = "answer";

/** What an edge keeps of a delivery: who said what, where. It is stored before the delivery is answered, and only what is used is kept. */
export type Delivery = SlackDelivery | GitHubDelivery;

export interface SlackDelivery {
  readonly surface: "slack";
  /** Names what was said, however often it is delivered: `slack:<trigger_id>`. */
  readonly source: string;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
  readonly team: string;
  readonly user: string;
  /** Absent where Slack does not send it along. */
  readonly userName?: string;
  readonly channel: string;
  /** The thread that it was said or clicked in, or that a mention begins. */
  readonly threadTs?: string;
  /** Where to answer; a message has none. */
  readonly responseUrl?: string;
  /** The command without its prefix, as Slack encodes it. */
  readonly text: string;
  /** The bot's user, which begins each command of the text; absent where everything said is a command. */
  readonly mention?: string;
  /** A button of ours was clicked: the text is what we put there, and nobody's typing. */
  readonly isClick?: true;
  /** The one command of it that is carried out now that its person is linked, and the commit it was about when they asked. */
  readonly afterLink?: { readonly line: CommandLine; readonly headSha?: string };
  /** The commands that a dialog or a shortcut made of a choice, several at once; they stand for the text. */
  readonly chosen?: readonly string[];
  /** Whoever asked is answered alone, whatever the answer is. */
  readonly isPrivate?: true;
}

export interface GitHubDelivery {
  readonly surface: "github";
  /**
   * `github:comment:<id>`, and likewise `review`, `review-comment`, `pull`, `discussion` and `discussion-comment`: what was said once has one
   * source although organisation and repository hooks deliver it under two GUIDs. So has a press of a button of a check run: `github:check:…`.
   */
  readonly source: string;
  readonly receivedAt: number;
  /** When it was written; a delivery may come long after. */
  readonly saidAt: number;
  readonly repository: string;
  readonly isPrivate: boolean;
  readonly place: GitHubPlace;
  /** Node id of what was said, for reactions. */
  readonly saidId: string;
  readonly user: { readonly id: number; readonly login: string };
  /** GitHub's word for how the author belongs to the repository; it decides nothing but how often strangers are answered. */
  readonly association: string;
  readonly text: string;
  /** It was changed by somebody else than its author: nothing in it runs, but a command slipped in is recorded. */
  readonly edit?: { readonly textBefore: string; readonly editor: { readonly id: number; readonly login: string } };
  /** A button of a check run of ours was pressed, or, without one, to be run again was asked of it; `message` is its outbox key. */
  readonly press?: { readonly message: string; readonly button?: string };
}

/** Somebody pressed a button of a check run of ours. */
export type PressDelivery = GitHubDelivery & { readonly place: CheckPlace; readonly press: NonNullable<GitHubDelivery["press"]> };

/** Where on GitHub something was said or pressed. */
export type GitHubPlace = ConversationPlace | CheckPlace;

/** A check run of ours. */
export interface CheckPlace {
  readonly kind: "check";
  /** Node id of the check run. */
  readonly subjectId: string;
  readonly headSha: string;
  /** Its pull request, where it has one. */
  readonly number?: number;
}

export interface ConversationPlace {
  readonly kind: "pull_request" | "issue" | "discussion";
  readonly number: number;
  /** Node id of the pull request, issue or Discussion. */
  readonly subjectId: string;
  /** The thread that it was said in, where it is not the conversation itself. */
  readonly thread?: GitHubThread;
}

/** A delivery is plain data, so that a queue can keep it as JSON. */
export const toPayload = (delivery: Delivery): Json => ({ ...delivery }) as unknown as Json;

/** Reads a delivery back from the queue; it was written by `toPayload`. */
export const fromPayload = (payload: Json): Delivery => payload as unknown as Delivery;

/** `slack:T1/U1` or `github:583231`: identifiers, never names. */
export const actorKey = (delivery: Delivery): string =>
  delivery.surface === "slack" ? `slack:${delivery.team}/${delivery.user}` : `github:${delivery.user.id}`;

export const actorName = (delivery: Delivery): string =>
  delivery.surface === "slack" ? (delivery.userName ?? delivery.user) : delivery.user.login;

/** The pull request that it was said on. */
export function pullRequestOf(delivery: Delivery): { readonly pullRequest?: number } {
  if (delivery.surface === "slack") return {};
  const { kind, number } = delivery.place;
  return (kind === "pull_request" || kind === "check") && number !== undefined ? { pullRequest: number } : {};
}

export const isPress = (delivery: Delivery): delivery is PressDelivery =>
  delivery.surface === "github" && delivery.place.kind === "check" && delivery.press !== undefined;

/** The outbox key of the one message that answers it. */
export const messageKey = ({ source }: Pick<Delivery, "source">): string => `reply:${source}`;

/** How commands are typed there: `/ci ` or `/ci-`. */
export const typedPrefix = ({ surface }: Pick<Delivery, "surface">, prefix: string): string =>
  surface === "slack" ? `/${prefix} ` : `/${prefix}-`;
