import { createHash } from "node:crypto";
import { type AnthropicUsage, fromAnthropic } from "../normalise/anthropic.ts";
import { providerOf } from "../provider-of.ts";
import { allTokens, type Tokens, type Usage } from "../usage.ts";
import { type Fields, fieldsOf, instantOf, nameOf, statedPicoOf } from "./fields.ts";
import { attributed, parseJson, type Teller, type Told } from "./told.ts";

/** Claude Code's name for answers that it wrote itself, such as "No response requested.". */
const ownAnswers = "<synthetic>";
const most = 1_000_000_000;

export interface TranscriptTeller extends Teller {
  /** The file is one of a sub-agent. */
  readonly isSidechain: boolean;
}

/**
 * Reads one line of a transcript of Claude Code that holds `"usage"`. Every copy of a request is told under the same id, the vendor's id of the
 * message: as it streams, after a session is resumed, and in the files of sub-agents. `requestId` is left aside, as many rows have none.
 */
export function parseTranscriptLine(line: string, teller: TranscriptTeller): Told {
  const row = fieldsOf(parseJson(line));
  if (!row) return { problem: "it is no JSON" };
  const message = messageIn(row);
  const told = message && fieldsOf(message.usage);
  if (!message || !told) return "nothing";
  if (message.model === ownAnswers) return "nothing";

  const at = instantOf(row.timestamp, teller.now);
  const model = nameOf(message.model);
  if (at === undefined) return { problem: "its timestamp is no time" };
  if (model === undefined) return { problem: "it names no model" };
  // Whatever is no number is refused by its count.
  const normalised = fromAnthropic(told as unknown as AnthropicUsage);
  if ("problem" in normalised) return normalised;
  if (allTokens(normalised.tokens) === 0) return "nothing";
  return {
    usage: toUsage({ row, message, at, model: pricedAs(model, told), tokens: withThinking(normalised.tokens, told) }, line, teller),
  };
}

/** Older versions tell of a sub-agent's messages as progress of the tool that runs it. */
function messageIn(row: Fields): Fields | undefined {
  if (row.type !== "progress") return fieldsOf(row.message);
  return fieldsOf(fieldsOf(fieldsOf(row.data)?.message)?.message);
}

/** The same model, faster, has other prices: as long as the price book has none for it, it is unpriced rather than too cheap. */
const pricedAs = (model: string, usage: Fields): string => (usage.speed === "fast" ? `${model}-fast` : model);

function withThinking(tokens: Tokens, usage: Fields): Tokens {
  const thinking = fieldsOf(usage.output_tokens_details)?.thinking_tokens;
  const isCount = typeof thinking === "number" && Number.isInteger(thinking) && thinking >= 0 && thinking <= most;
  return isCount ? { ...tokens, reasoning: Math.min(thinking, tokens.out) } : tokens;
}

interface Request {
  readonly row: Fields;
  readonly message: Fields;
  readonly at: number;
  readonly model: string;
  readonly tokens: Tokens;
}

function toUsage({ row, message, at, model, tokens }: Request, line: string, teller: TranscriptTeller): Usage {
  const session = nameOf(row.sessionId);
  const statedPico = statedPicoOf(row.costUSD);
  return {
    id: idOf(message, row, line),
    at,
    // Gateways answer for other vendors' models in the same words.
    provider: providerOf(model) ?? "anthropic",
    model,
    service: "claude-code",
    basis: teller.basis,
    tokens,
    ...attributed(teller),
    ...(session !== undefined && { session }),
    ...(statedPico !== undefined && { statedPico }),
    ...((teller.isSidechain || row.isSidechain === true) && { isSidechain: true }),
  };
}

/** A message without an id is known by its row, and a row without one by all that it says. */
function idOf(message: Fields, row: Fields, line: string): string {
  const id = nameOf(message.id);
  if (id !== undefined) return `anthropic:${id}`;
  return `anthropic:row:${nameOf(row.uuid) ?? createHash("sha256").update(line).digest("hex").slice(0, 32)}`;
}
