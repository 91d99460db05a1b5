import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";

/** What the model does when it is asked: it says something, uses tools, or cannot be reached. */
export type Turn =
  | {
      readonly says?: string;
      readonly uses?: readonly ToolUse[];
      readonly usage?: Partial<Usage>;
      readonly model?: string;
      readonly stop?: string;
    }
  | { readonly fails: number; readonly type: string; readonly message?: string };

export interface ToolUse {
  readonly name: string;
  readonly input: object;
}

/** As the API counts: these four add up, and the two kinds of writing to the cache are a part of the third. */
export interface Usage {
  readonly input_tokens: number;
  readonly cache_read_input_tokens: number;
  readonly cache_creation_input_tokens: number;
  readonly cache_creation: { readonly ephemeral_5m_input_tokens: number; readonly ephemeral_1h_input_tokens: number };
  readonly output_tokens: number;
}

/** What Claude Code sent. */
export interface Asked {
  readonly model: string;
  readonly max_tokens: number;
  readonly system?: readonly { readonly text: string }[];
  readonly tools?: readonly { readonly name: string }[];
  readonly messages: readonly { readonly role: string; readonly content: string | readonly Block[] }[];
}

interface Block {
  readonly type: string;
  readonly text?: string;
  readonly content?: string | readonly Block[];
  readonly is_error?: boolean;
}

/** Anthropic's Messages API as far as Claude Code needs it, whose model follows a script. */
export interface MessagesApi extends AsyncDisposable {
  readonly url: string;
  readonly asked: readonly Asked[];
  /** Everything that the model was given back by tools, with what hooks added to it, in order and once. */
  results(): readonly Result[];
}

export interface Result {
  readonly text: string;
  readonly isError: boolean;
}

/** By what the conversation begins with: its turns. A sub-agent has a conversation of its own. */
export type Script = Readonly<Record<string, readonly Turn[]>>;

/** Where the script ends the model says "Done." */
export async function startMessagesApi(script: Script): Promise<MessagesApi> {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const body = (await json(request)) as Asked;
    if (!request.url?.startsWith("/v1/messages?") && request.url !== "/v1/messages") {
      response.writeHead(404).end("{}");
      return;
    }
    asked.push(body);
    const turn = nextTurn(script, body);
    if ("fails" in turn) {
      response.writeHead(turn.fails, { "content-type": "application/json" });
      response.end(JSON.stringify({ type: "error", error: { type: turn.type, message: turn.message ?? "As the script says." } }));
      return;
    }
    response.writeHead(200, { "content-type": "text/event-stream", "request-id": `req_${asked.length}` });
    for (const event of eventsOf(turn, body.model, asked.length))
      response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    results: () => {
      const all = asked.flatMap(({ messages }) => messages.flatMap(({ content }) => (typeof content === "string" ? [] : content)));
      const results = all.filter(({ type }) => type === "tool_result");
      const texts = results.map((result) => ({ text: textOf(result.content), isError: result.is_error === true }));
      return [...new Map(texts.map((result) => [JSON.stringify(result), result])).values()];
    },
    [Symbol.asyncDispose]: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** The turn is the one after those that the conversation holds already, so that it does not matter in which order conversations are told. */
function nextTurn(script: Script, { messages }: Asked): Turn {
  const [first] = messages;
  const begins = first === undefined ? "" : textOf(first.content);
  const turns = Object.entries(script).find(([words]) => begins.includes(words))?.[1] ?? [];
  return turns[messages.filter(({ role }) => role === "assistant").length] ?? { says: "Done." };
}

const textOf = (content: string | readonly Block[] | undefined): string =>
  typeof content === "string" ? content : (content ?? []).map(({ text = "" }) => text).join("\n");

function* eventsOf({ says, uses = [], usage = {}, model, stop }: Exclude<Turn, { fails: number }>, asked: string, count: number) {
  const { output_tokens = 10, ...input } = usage;
  const blocks = [
    ...(says === undefined ? [] : [{ start: { type: "text", text: "" }, delta: { type: "text_delta", text: says } }]),
    ...uses.map(({ name, input }, at) => ({
      start: { type: "tool_use", id: `toolu_${count}_${at}`, name, input: {} },
      delta: { type: "input_json_delta", partial_json: JSON.stringify(input) },
    })),
  ];
  const message = {
    id: `msg_${count}`,
    type: "message",
    role: "assistant",
    model: model ?? asked,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: { input_tokens: 100, ...input, output_tokens: 1 },
  };
  yield { type: "message_start", message };
  for (const [index, { start, delta }] of blocks.entries()) {
    yield { type: "content_block_start", index, content_block: start };
    yield { type: "content_block_delta", index, delta };
    yield { type: "content_block_stop", index };
  }
  const reason = stop ?? (uses.length > 0 ? "tool_use" : "end_turn");
  yield { type: "message_delta", delta: { stop_reason: reason, stop_sequence: null }, usage: { output_tokens } };
  yield { type: "message_stop" };
}
