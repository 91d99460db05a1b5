import { startChild } from "../children.ts";

/** How long every call takes; `never` leaves the callers waiting until they give up. */
export type Latency = number | "never";

export interface StandIn extends AsyncDisposable {
  readonly url: string;
  setLatency(latencyMs: Latency): void;
}

export async function startStandIn(): Promise<StandIn> {
  const child = startChild(new URL("./server.ts", import.meta.url));
  const { url } = await child.next<{ url: string }>();
  return {
    url,
    setLatency: (latencyMs) => child.send({ latencyMs }),
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  };
}
