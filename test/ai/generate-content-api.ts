import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";

/** What Gemini does when it is asked: it says something, uses a tool, or cannot be reached. */
export type GeminiTurn =
  | { readonly says: string; readonly ends?: string }
  | { readonly uses: string; readonly with: object }
  | { readonly fails: number; readonly details?: readonly object[] };

/** What the Gemini CLI sent. */
export interface GeminiAsked {
  /** `/v1beta/models/<model>:streamGenerateContent?alt=sse` */
  readonly url: string;
  readonly key: string | undefined;
  readonly body: {
    readonly contents: readonly { readonly role: string; readonly parts: readonly { readonly text?: string }[] }[];
    readonly systemInstruction?: { readonly parts: readonly { readonly text: string }[] };
    readonly tools?: readonly { readonly functionDeclarations?: readonly { readonly name: string }[] }[];
    readonly generationConfig?: { readonly maxOutputTokens?: number; readonly thinkingConfig?: object };
  };
}

/** Gemini's own API as far as the Gemini CLI needs it, whose model does one thing after the other, and the last one for ever. */
export interface GenerateContentApi extends AsyncDisposable {
  readonly url: string;
  readonly asked: readonly GeminiAsked[];
}

export async function startGenerateContentApi(turns: readonly [GeminiTurn, ...GeminiTurn[]]): Promise<GenerateContentApi> {
  const asked: GeminiAsked[] = [];
  const server = createServer(async (request, response) => {
    const url = request.url ?? "";
    const body = (await json(request)) as GeminiAsked["body"];
    asked.push({ url, key: request.headers["x-goog-api-key"]?.toString(), body });
    const turn = turns[asked.length - 1] ?? (turns.at(-1) as GeminiTurn);
    if (!/^\/v1beta\/models\/[\w.-]+:streamGenerateContent\?alt=sse$/.test(url)) {
      response.writeHead(501).end("{}");
      return;
    }
    if ("fails" in turn) {
      response.writeHead(turn.fails, { "content-type": "application/json" });
      response.end(JSON.stringify({ error: { code: turn.fails, message: "As the script says.", status: "TOLD", details: turn.details } }));
      return;
    }
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.end(`data: ${JSON.stringify(chunkOf(turn))}\r\n\r\n`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    [Symbol.asyncDispose]: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

const chunkOf = (turn: Exclude<GeminiTurn, { fails: number }>) => ({
  candidates: [
    {
      content: { role: "model", parts: ["says" in turn ? { text: turn.says } : { functionCall: { name: turn.uses, args: turn.with } }] },
      finishReason: "says" in turn ? (turn.ends ?? "STOP") : "STOP",
      index: 0,
    },
  ],
  usageMetadata: {
    promptTokenCount: 1000,
    cachedContentTokenCount: 400,
    candidatesTokenCount: 50,
    thoughtsTokenCount: 30,
    totalTokenCount: 1080,
  },
  modelVersion: "gemini-as-it-calls-itself",
});
