import type { Target } from "../commands/command.ts";
import { Arguments } from "../commands/grammar/arguments.ts";
import type { CommandLine } from "../commands/grammar/command-line.ts";
import type { TargetRef } from "../commands/grammar/target.ts";
import type { Settings } from "../config/settings.ts";
import { UserError } from "../errors.ts";
import { isSameName } from "../pipeline/same-name.ts";
import type { Delivery, GitHubDelivery, GitHubPlace } from "./delivery.ts";

/** The command as it was typed, to be offered with a repository added where that cannot do more than was meant. */
interface Typed {
  readonly text: string;
  readonly mayOffer: boolean;
}

/**
 * Says what a command is about: what its text names, else the pull request it was written on, else the channel's repository.
 *
 * @param named what the text names, if it names anything
 * @returns undefined when nothing is named and the channel is bound to no repository
 * @throws UserError (invalid) when the channel is bound to several: we never guess
 */
export function resolveTarget(delivery: Delivery, named: TargetRef | undefined, { channels }: Settings, typed: Typed): Target | undefined {
  if (delivery.surface === "github") return onGitHub(delivery, named);

  const bound = channels.find(({ id }) => id === delivery.channel)?.repositories ?? [];
  if (named?.repository)
    return toTarget(
      named.repository,
      named,
      bound.some((each) => isSameName(each, named.repository)),
    );
  if (bound.length > 1) throw ambiguous(bound, named, typed);
  return bound[0] === undefined ? undefined : toTarget(bound[0], named, true);
}

/**
 * What was settled where a command was asked for, where it is confirmed: others may listen there.
 *
 * @throws UserError (refused) where nothing may be said of it
 */
export function asSeenFrom(delivery: Delivery, target: Target, settings: Settings): Target {
  const here = resolveTarget(delivery, { repository: target.repository }, settings, { text: "", mayOffer: false });
  return { ...target, isHome: here?.isHome === true };
}

/** What a command is probably about that cannot be understood: what it names, else where it was asked. */
export function likelyTarget(line: CommandLine, delivery: Delivery, settings: Settings): Target | undefined {
  const typed = { text: line.text, mayOffer: false };
  const named = unlessRefused(() => Arguments.parse(line).target());
  return (
    unlessRefused(() => resolveTarget(delivery, named, settings, typed)) ??
    unlessRefused(() => resolveTarget(delivery, undefined, settings, typed))
  );
}

function unlessRefused<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** What is said on GitHub is read by everyone who sees the repository, so nothing of another repository is said there. */
function onGitHub({ repository, place }: GitHubDelivery, named: TargetRef | undefined): Target {
  if (named?.repository && !isSameName(named.repository, repository)) {
    throw new UserError(
      "refused",
      "other_repository",
      `Here I speak of ${repository} only. Ask about ${named.repository} there, or in Slack.`,
    );
  }
  return toTarget(repository, named ?? hereOf(place), true);
}

/** A check run is of its pull request, or of a commit alone. */
function hereOf(place: GitHubPlace): TargetRef | undefined {
  if (place.kind === "pull_request") return { pullRequest: place.number };
  if (place.kind !== "check") return undefined;
  return place.number === undefined ? { ref: place.headSha } : { pullRequest: place.number };
}

function toTarget(repository: string, named: TargetRef | undefined, isHome: boolean): Target {
  return {
    repository,
    isHome,
    ...(named?.pullRequest !== undefined && { pullRequest: named.pullRequest }),
    ...(named?.ref !== undefined && { ref: named.ref }),
  };
}

function ambiguous(bound: readonly string[], named: TargetRef | undefined, { text, mayOffer }: Typed): UserError {
  const place = named?.pullRequest !== undefined ? `#${named.pullRequest}` : `@${named?.ref ?? ""}`;
  const words = text.split(" ").filter((word) => word !== place && word !== named?.ref);
  const command = (repository: string) => [...words, repository + place].join(" ");
  const offer =
    bound.length > mostButtons
      ? { choice: { label: "Choose a repository", options: bound.map((each) => ({ label: each, command: command(each) })) } }
      : { actions: bound.map((each) => ({ label: each.split("/")[1] ?? each, command: command(each) })) };
  const sentence = `Several repositories are bound to this channel: ${bound.join(", ")}. Name one, as in ${bound[0]}${place}`;
  return new UserError("invalid", "ambiguous_repository", sentence, mayOffer ? offer : {});
}

/** More than these become a menu. */
const mostButtons = 3;
