import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { answer, answerJson, readBody } from "../../bot/http.ts";
import type { PlannedFault } from "./faults.ts";
import type { Answered, Asked, Wire, WireError } from "./wire.ts";

const bodyLimit = 16 * 1024 * 1024;

export interface Behind {
  readonly wires: readonly Wire[];
  /** Whether the bearer token is the one of this wire's vendor. */
  isKey(wire: Wire, token: string): boolean;
  list(wire: Wire): unknown;
  nextFault(): PlannedFault | undefined;
  /** What the model says; undefined where there is no such model. */
  say(asked: Asked, fault: PlannedFault | undefined): Promise<Answered | undefined>;
  saw(request: SeenRequest): void;
  readonly latencyMs: number;
}

export interface SeenRequest {
  readonly api: Asked["api"];
  readonly path: string;
  /** Without the key. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Both APIs on one loopback port. */
export async function startAiFront(behind: Behind) {
  const stopping = new AbortController();

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname: path } = new URL(request.url ?? "/", "http://127.0.0.1");
    const body = parse(await readBody(request, bodyLimit));
    const wire = behind.wires.find(({ asksAt, listsAt }) => path === asksAt || path === listsAt);
    if (wire === undefined) return answerError(response, (behind.wires[0] as Wire).error("no_such_path"));
    const isList = path === wire.listsAt;
    if (!isList) behind.saw({ api: wire.asksAt.endsWith("responses") ? "responses" : "chat", path, headers: withoutKey(request), body });
    await sleep(behind.latencyMs);
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
    if (!behind.isKey(wire, token)) return answerError(response, wire.error("unauthorised"));
    const fault = behind.nextFault();
    if (fault?.name === "dropped_connection") return void request.socket.destroy();
    if (fault !== undefined && isRefused(fault)) {
      if (fault.retryAfterMs !== undefined && wire.sentinel === "") response.setHeader("retry-after-ms", String(fault.retryAfterMs));
      return answerError(response, wire.error(fault.name, { fault }));
    }
    if (isList) return answerJson(response, 200, behind.list(wire));
    await answerQuestion(wire, body, fault, response);
  }

  async function answerQuestion(wire: Wire, body: unknown, fault: PlannedFault | undefined, response: ServerResponse): Promise<void> {
    let asked: Asked;
    try {
      asked = wire.read(body);
    } catch (error) {
      return answerError(response, wire.error("not_taken", { message: (error as Error).message }));
    }
    const answered = await behind.say(asked, fault);
    if (answered === undefined) return answerError(response, wire.error("retired"));
    if (!asked.isStream) {
      if (fault?.name === "slow") await wait(fault.delayMs);
      return answerJson(response, 200, wire.whole(answered));
    }
    await stream(wire, answered, fault, response);
  }

  async function stream(wire: Wire, answered: Answered, fault: PlannedFault | undefined, response: ServerResponse): Promise<void> {
    response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache" });
    const events = wire.events(answered);
    const write = ({ name, body }: { readonly name?: string; readonly body: unknown }) =>
      response.write(`${name === undefined ? "" : `event: ${name}\n`}data: ${JSON.stringify(body)}\n\n`);
    const [first, ...rest] = events;
    if (first) write(first);
    if (fault?.name === "slow") await wait(fault.delayMs);
    if (fault?.name === "broken_stream") return void setTimeout(() => response.destroy(), 20);
    for (const event of fault?.name === "failed_stream" ? [wire.failure(answered)] : rest) write(event);
    response.end(fault?.name === "failed_stream" ? "" : wire.sentinel);
  }

  const wait = (delayMs: number | undefined) => sleep(delayMs ?? 2 ** 31 - 1, undefined, { signal: stopping.signal }).catch(() => {});

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => answerJson(response, 500, { error: { message: String(error) } }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        stopping.abort();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const refusing: readonly PlannedFault["name"][] = [
  "rate_limited",
  "quota",
  "server_error",
  "retired",
  "unauthorised",
  "too_large",
  "not_taken",
];
const isRefused = ({ name }: PlannedFault): boolean => refusing.includes(name);

function answerError(response: ServerResponse, { status, body }: WireError): void {
  if (typeof body === "string") answer(response, status, body, "text/html; charset=utf-8");
  else answerJson(response, status, body);
}

function withoutKey({ headers }: IncomingMessage): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (name === "authorization" ? [] : [[name, String(value)]])));
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
