import { Agent, type IncomingMessage, request as sendRequest } from "node:http";
import { text } from "node:stream/consumers";
import { createEmulator, type SeedConfig } from "emulate";
import * as z from "zod";
import type { Answer, ApiRequest } from "./answer.ts";
import { PullHeads } from "./pull-heads.ts";

/** A call that the emulator refused. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** The emulator behind the front: it stores accounts, repositories, git, pull requests, issues and comments. */
export interface Emulated {
  /** The answer to the request as it is, tokens included. */
  forward(request: ApiRequest): Promise<Answer>;
  /** Reads as the owner of everything; undefined where there is nothing. */
  read<T>(schema: z.ZodType<T>, path: string): Promise<T | undefined>;
  /** Writes as the account of the token, or as the owner of everything. */
  write<T>(schema: z.ZodType<T>, method: "POST" | "PUT" | "PATCH" | "DELETE", path: string, body: unknown, token?: string): Promise<T>;
  /** Text of the emulator with its own address replaced by the front's, and pull requests at their heads. */
  rebase(text: string): string;
  readonly pullHeads: PullHeads;
  close(): Promise<void>;
}

// Headers of one connection, which must not be passed on to the next.
const hopByHop = new Set(["connection", "keep-alive", "transfer-encoding", "content-length", "host", "accept-encoding", "expect"]);
const withoutHopByHop = (headers: IncomingMessage["headers"]): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined || hopByHop.has(name) ? [] : [[name, String(value)]])),
  );

const Failure = z.object({ message: z.string() });

/** Starts the emulator; to its readers it has the address `frontUrl`. */
export async function startEmulated(frontUrl: string, seed: SeedConfig): Promise<Emulated> {
  const emulator = await createEmulator({ service: "github", port: 0, seed });
  // Given a base URL it would not tell its port, so it gets none and its texts are rebased.
  const { host, port } = new URL(emulator.url);
  const pullHeads = new PullHeads();
  const rebase = (text: string) => pullHeads.inText(text.replaceAll(host, new URL(frontUrl).host));
  const origin = `http://127.0.0.1:${port}`;
  const agent = new Agent({ keepAlive: true });
  let callsAsOwner = 0;
  // It takes an unknown token for its first user's, the owner, and counts 5,000 calls for each token: so change it in time.
  const ownerToken = () => `owner-${Math.floor(callsAsOwner++ / 1_000)}`;

  async function forward({ method, target, headers, body }: ApiRequest): Promise<Answer> {
    const hasBody = method !== "GET" && method !== "HEAD" && body.length > 0;
    // Not fetch, which takes twice the time, and a sandbox asks fifty times before it is ready.
    const ask = () =>
      new Promise<IncomingMessage>((resolve, reject) => {
        const outgoing = sendRequest(new URL(target, origin), { method, headers: withoutHopByHop(headers), agent }, resolve);
        // A connection that lay idle may be closed in the moment in which it is used again; then nothing was heard
        // (https://nodejs.org/api/http.html#requestreusedsocket).
        const again = (error: NodeJS.ErrnoException) =>
          outgoing.reusedSocket && error.code === "ECONNRESET" ? resolve(ask()) : reject(error);
        outgoing.once("error", again).end(hasBody ? body : undefined);
      });
    const response = await ask();
    return { status: response.statusCode ?? 500, headers: withoutHopByHop(response.headers), body: rebase(await text(response)) };
  }

  async function call<T>(schema: z.ZodType<T>, method: string, target: string, value: unknown, token = ownerToken()): Promise<T> {
    const headers = { authorization: `token ${token}`, "content-type": "application/json" };
    const body = Buffer.from(value === undefined ? "" : JSON.stringify(value));
    const answer = await forward({ method, target, headers, body });
    const answered: unknown = answer.body.length === 0 ? undefined : JSON.parse(answer.body.toString());
    if (answer.status >= 300) throw new Refused(answer.status, Failure.parse(answered).message);
    return schema.parse(answered);
  }

  return {
    forward,
    async read(schema, path) {
      try {
        return await call(schema, "GET", path, undefined);
      } catch (error) {
        if (error instanceof Refused && error.status === 404) return undefined;
        throw error;
      }
    },
    write: call,
    rebase,
    pullHeads,
    async close() {
      agent.destroy();
      await emulator.close();
    },
  };
}
