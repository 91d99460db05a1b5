import { parseTarget } from "../../commands/grammar/target.ts";
import { UserError } from "../../errors.ts";

/** A message with more is no question about one of them. */
const mostFound = 5;

/** As much of a message as is read. */
const longestText = 40_000;

const written =
  /https?:\/\/[^\s/<>|"]+\/[^\s/<>|"]+\/[^\s/<>|"]+\/pull\/\d{1,10}|(?<![\w./-])[\w-]{1,40}\/[\w.-]{1,100}#\d{1,10}|(?<![\w/&.-])#\d{1,10}\b/g;

/**
 * The pull requests that a message names, by URL or as `owner/repo#12`; `#12` counts where the channel speaks of one repository.
 *
 * @param message as Slack hands it over: its text, and whatever stands in its blocks and attachments
 * @returns each as `owner/repo#12`, once
 */
export function pullRequestsIn(message: unknown, home: string | undefined): readonly string[] {
  const texts = textsIn(message).join("\n").slice(0, longestText);
  const places = [...texts.matchAll(written)].flatMap(([word]) => {
    const { repository = home, pullRequest } = parsed(word) ?? {};
    return repository === undefined || pullRequest === undefined ? [] : `${repository}#${pullRequest}`;
  });
  return [...new Set(places)].slice(0, mostFound);
}

function parsed(word: string): ReturnType<typeof parseTarget> | undefined {
  try {
    return parseTarget(word);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

const read = ["text", "url", "title_link", "from_url", "title", "fallback", "value"];

function textsIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => (typeof each === "string" ? (read.includes(key) ? [each] : []) : textsIn(each)));
}
