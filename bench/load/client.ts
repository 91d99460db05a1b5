// Runs in a process of its own, so that the client's work is not the server's.
import { tellParent } from "../children.ts";
import { percentile } from "../statistics.ts";
import { commentRequests } from "./comment.ts";
import { type Connection, openConnection } from "./connection.ts";
import type { Load, Order } from "./order.ts";
import { slashRequests } from "./slash.ts";

function requestsOf({ kind, apiUrl }: Order, url: URL): () => Buffer {
  if (kind === "slash") return slashRequests(url, apiUrl);
  return commentRequests(
    url,
    kind === "comment" ? "This should be fixed.\n\n/ci-status\n" : "You are totally right! I'll get this fixed right away.",
  );
}

/** Every connection sends its next request when it has its answer. */
async function load(order: Order): Promise<Load> {
  const url = new URL(order.url);
  const nextRequest = requestsOf(order, url);
  const connections = await Promise.all(Array.from({ length: order.connections }, () => openConnection(url)));
  const latencies: number[] = [];
  let sent = 0;
  let accepted = 0;
  let refused = 0;
  const countsFrom = performance.now() + order.warmMs;
  const endsAt = countsFrom + order.measureMs;

  const work = async (connection: Connection) => {
    while (performance.now() < endsAt && sent < (order.most ?? Number.POSITIVE_INFINITY)) {
      sent += 1;
      const request = nextRequest();
      const sentAt = performance.now();
      const status = await connection.send(request);
      if (status >= 200 && status < 300) accepted += 1;
      else refused += 1;
      if (sentAt >= countsFrom) latencies.push(performance.now() - sentAt);
    }
    connection.close();
  };
  await Promise.all(connections.map(work));

  const seconds = (performance.now() - countsFrom) / 1000;
  return {
    perSecond: latencies.length / seconds,
    p50Ms: percentile(latencies, 0.5),
    p99Ms: percentile(latencies, 0.99),
    accepted,
    refused,
  };
}

process.on("message", async (order: Order) => process.send?.(await load(order)));
tellParent({ ready: true });
