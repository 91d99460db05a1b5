import { createHash } from "node:crypto";
import { mostOfSum } from "../normalise/checked.ts";
import { providerOf } from "../provider-of.ts";
import { allTokens, type Basis, sessionSum, type Tokens, type Usage } from "../usage.ts";
import { countOf, type Fields, fieldsOf, instantOf, nameOf, statedPicoOf } from "./fields.ts";
import { attributed, parseJson, type Teller, type Told } from "./told.ts";

const digits = 32;

/**
 * Reads the lines of one file, `token-usage-YYYYMM.jsonl` or `usage/*.jsonl`, from its first on: calls that look alike are told apart by how many
 * of them came before.
 */
export function createReferenceParser(teller: Teller): (line: string) => Told {
  const seen = new Map<string, number>();
  const idOf = (what: readonly unknown[]): string => {
    const content = createHash("sha256").update(JSON.stringify(what)).digest("hex").slice(0, digits);
    const count = (seen.get(content) ?? 0) + 1;
    seen.set(content, count);
    return `reference:${content}:${count}`;
  };

  return (line) => {
    const record = fieldsOf(parseJson(line));
    if (!record) return { problem: "it is no JSON object" };
    if (record.type === "capture_failure") return "lost";
    const at = instantOf(record.timestamp, teller.now);
    if (at === undefined) return { problem: "its timestamp is no time" };
    if (record.type === "usage_captured") return parseCapture(record, at, teller, idOf);
    if (record.service !== undefined && (record.tokens_in ?? record.tokens_out) !== undefined) return parseCall(record, at, teller, idOf);
    return { problem: "it is neither a captured session nor a call of a service" };
  };
}

type IdOf = (what: readonly unknown[]) => string;

/** What a session had used when it was captured: a later capture of it tells more, and stays in its place. */
function parseCapture(record: Fields, at: number, teller: Teller, idOf: IdOf): Told {
  const model = nameOf(record.model);
  const told = fieldsOf(record.tokens);
  const tokens = told && toTokens(told.input, told.output);
  if (model === undefined) return { problem: "it names no model" };
  if (!tokens) return { problem: "its tokens are no counts" };
  if (allTokens(tokens) === 0) return "nothing";
  const session = record.session_id === "unknown" ? undefined : nameOf(record.session_id);
  const usage = toUsage({ record, at, model, service: "claude-code", tokens, stated: costIn(record) }, teller);
  if (session === undefined)
    return { usage: { ...usage, id: idOf(["capture", at, model, tokens.uncachedIn, tokens.out, costIn(record)]) } };
  return { usage: { ...usage, id: `reference:session:${session}:${model}`, session, sumOf: sessionSum(session) } };
}

function parseCall(record: Fields, at: number, teller: Teller, idOf: IdOf): Told {
  const service = nameOf(record.service);
  const tokens = toTokens(record.tokens_in, record.tokens_out);
  if (service === undefined) return { problem: "it names no service" };
  if (!tokens) return { problem: "its tokens are no counts" };
  if (allTokens(tokens) === 0) return "nothing";
  // Services are named for the model that they ask.
  const model = nameOf(record.model) ?? service;
  const stated = costIn(record);
  const id = idOf(["call", at, service, model, tokens.uncachedIn, tokens.out, stated, nameOf(record.user), nameOf(record.session_id)]);
  const session = nameOf(record.session_id);
  return { usage: { ...toUsage({ record, at, model, service, tokens, stated }, teller), id, ...(session !== undefined && { session }) } };
}

function toTokens(input: unknown, output: unknown): Tokens | undefined {
  const uncachedIn = countOf(input, mostOfSum);
  const out = countOf(output, mostOfSum);
  return uncachedIn === undefined || out === undefined
    ? undefined
    : { uncachedIn, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, out, reasoning: 0 };
}

const costIn = ({ cost_usd: cost }: Fields): unknown => fieldsOf(cost)?.total ?? cost;

interface Recorded {
  readonly record: Fields;
  readonly at: number;
  readonly model: string;
  readonly service: string;
  readonly tokens: Tokens;
  readonly stated: unknown;
}

function toUsage({ record, at, model, service, tokens, stated }: Recorded, teller: Teller): Omit<Usage, "id"> {
  const statedPico = statedPicoOf(stated);
  const phase = nameOf(record.phase);
  const actor = nameOf(record.user);
  const basis: Basis = teller.basis;
  return {
    at,
    // `gemini` alone is a service, `gemini-2.5-pro` a model.
    provider: providerOf(model) ?? providerOf(`${service}-`) ?? "other",
    model,
    service,
    basis,
    tokens,
    ...attributed(teller),
    ...(phase !== undefined && { phase }),
    ...(actor !== undefined && { actor }),
    ...(statedPico !== undefined && { statedPico }),
  };
}
