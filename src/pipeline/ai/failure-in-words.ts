import { momentInWords } from "../moment-in-words.ts";
import type { Failure } from "./provider.ts";

interface Failed {
  readonly failure: Failure;
  /** The service, as people know it. */
  readonly name: string;
  readonly model: string;
  readonly retryAt?: number;
}

/** What happened and what to do, for people. */
export function failureInWords({ failure, name, model, retryAt }: Failed): string {
  const again = retryAt === undefined ? "Ask again in a few minutes." : `It may be asked again at ${momentInWords(retryAt)}.`;
  const sentences: Readonly<Record<Failure, string>> = {
    refused: `${name} (${model}) declined to answer. Ask in other words, or ask a person.`,
    empty: `${name} (${model}) answered nothing. ${again}`,
    truncated: `${name} (${model}) ran out of room before its answer had ended. Ask about less, or raise maxOutputTokens of its channel.`,
    wrong_shape: `${name} (${model}) answered in a form that cannot be read, so nothing of it is shown. ${again}`,
    too_large: `That is more than ${name} (${model}) takes at once. Ask about less, such as some of the files.`,
    rate_limited: `${name} (${model}) is asked too much just now. ${again}`,
    quota: `What ${name} (${model}) may be asked is used up. ${retryAt === undefined ? "Ask again when its quota begins anew, or raise it at its vendor." : again}`,
    unavailable: `${name} (${model}) cannot be reached or is down. ${again}`,
    timeout: `${name} (${model}) did not answer in time. Ask about less, or raise timeoutSeconds of its channel.`,
    retired: `There is no model ${model} at ${name} any more. Name its successor in ai.channels of the settings.`,
    unauthorised: `${name} does not take our key or login. Whoever runs this bot has to renew it.`,
    unusable: `${name} cannot be used on the bot's machine as it is set up. Whoever runs this bot finds the reason in its log.`,
    stopped: `${name} (${model}) stopped at a limit of its own, of turns or money. Ask about less.`,
    not_taken: `${name} (${model}) does not take the question as it was put. Whoever runs this bot finds the reason in its log.`,
  };
  return sentences[failure];
}

/** Why another one stood in: `Gemini CLI has used up its quota`. */
export function stoodInBecause({ failure, name, model }: Omit<Failed, "retryAt">): string {
  const reasons: Readonly<Partial<Record<Failure, string>>> = {
    quota: `${name} has used up its quota`,
    unavailable: `${name} could not be reached`,
    retired: `${name} has no ${model} any more`,
    unauthorised: `${name} took no key or login of ours`,
    unusable: `${name} could not be used`,
  };
  return reasons[failure] ?? `${name} gave no answer`;
}
