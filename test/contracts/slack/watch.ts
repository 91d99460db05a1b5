import { isKnownMethod } from "../../../src/sandbox/slack/arguments.ts";
import type { Exchange } from "../../../src/sandbox/slack/exchanges.ts";
import type { SlackSandbox } from "../../../src/sandbox/slack/slack-sandbox.ts";

/** With these Slack refuses what should never have been said; all others are about the state of things. */
const errorsOfContract = new Set([
  "invalid_arguments",
  "invalid_blocks",
  "invalid_payload",
  "msg_blocks_too_long",
  "no_text",
  "too_many_attachments",
  "unknown_method",
]);
// Beyond it Slack cuts, and says nothing.
const longestText = 40_000;

/** Watches a sandbox from now on; what it gives back tells what the bot said that Slack would refuse or cut. */
export function watchSlack(slack: SlackSandbox): () => readonly string[] {
  const violations = new Set<string>();
  slack.onExchange((exchange) => {
    for (const problem of problemsOf(exchange)) violations.add(`${exchange.method}: ${problem}`);
  });
  return () => [...violations];
}

function problemsOf({ method, args, answer }: Exchange): readonly string[] {
  const problems = errorsOfContract.has(answer.error ?? "") ? messagesOf(answer).map((message) => `${answer.error} ${message}`.trim()) : [];
  if (typeof args.text === "string" && [...args.text].length > longestText) problems.push(`text is cut at ${longestText} characters`);
  // Without a token it is no call of a Slack client: a forged response URL may lead there.
  const isCall = method !== "ack" && method !== "response_url" && answer.error !== "not_authed";
  if (isCall && !isKnownMethod(method)) problems.push("src/sandbox/slack/arguments.ts lacks this method");
  return problems;
}

function messagesOf({ response_metadata }: Exchange["answer"]): readonly string[] {
  return (response_metadata as { messages?: readonly string[] } | undefined)?.messages ?? [""];
}
