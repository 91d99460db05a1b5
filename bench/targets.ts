import { join } from "node:path";
import { startBotProcess } from "./bot-process.ts";
import { startChild } from "./children.ts";
import type { Load, Order } from "./load/order.ts";
import type { LoadClient } from "./load/start-client.ts";
import { cpuMs } from "./process-status.ts";
import type { Latency, StandIn } from "./stand-in/start-stand-in.ts";
import { readStored } from "./stored.ts";

/** What every figure under load shares. */
export interface Stage {
  readonly folder: string;
  readonly client: LoadClient;
  readonly standIn: StandIn;
}

export type Wanted = Omit<Order, "url" | "apiUrl">;

/** Takes the loads one after the other, in a fresh process. */
export type Target = (stage: Stage, orders: readonly Wanted[]) => Promise<readonly Load[]>;

export const bolt = peer(new URL("./peers/bolt.ts", import.meta.url));
export const probot = peer(new URL("./peers/probot.ts", import.meta.url));

function peer(file: URL): Target {
  return async ({ client, standIn }, orders) => {
    await using child = startChild(file);
    const { url } = await child.next<{ url: string }>();
    // Awaited here: the peer ends with this scope.
    return await runAll(client, orders, { url, pid: child.pid }, standIn.url);
  };
}

/** The bot with new state, whose worker works on what is stored as fast as Slack and GitHub answer. */
export function botWithCallsOf(latencyMs: Latency): Target {
  return async ({ client, standIn, folder }, orders) => {
    standIn.setLatency(0);
    await using bot = await startBotProcess(join(folder, `${Date.now()}`), standIn.url);
    standIn.setLatency(latencyMs);
    const loads = await runAll(client, orders, bot, standIn.url);
    await bot[Symbol.asyncDispose]();

    const spans = loads.map((load, at) => ({ ...load, accepted: orders[at]?.kind === "chatter" ? 0 : load.accepted }));
    const answered = readStored(bot.stateFile, spans);
    return loads.map((load, at) => ({ ...load, answeredPerSecond: answered[at] ?? 0 }));
  };
}

type Timed = Load & { readonly from: number; readonly to: number };

interface Server {
  readonly url: string;
  readonly pid: number;
}

async function runAll(client: LoadClient, orders: readonly Wanted[], { url, pid }: Server, apiUrl: string): Promise<readonly Timed[]> {
  const loads: Timed[] = [];
  for (const order of orders) {
    const from = Date.now();
    const before = cpuMs(pid);
    const load = await client.run({ ...order, url, apiUrl });
    const after = cpuMs(pid);
    const isKnown = before !== undefined && after !== undefined;
    loads.push({ ...load, from, to: Date.now(), ...(isKnown && { cpuMicros: ((after - before) * 1000) / load.accepted }) });
  }
  return loads;
}

/** Runs the targets in turn, again and again, so that what else the machine does meets all of them. Gives each target's loads by order. */
export async function inTurn<Name extends string>(
  stage: Stage,
  rounds: number,
  targets: Readonly<Record<Name, readonly [Target, readonly Wanted[]]>>,
): Promise<Readonly<Record<Name, readonly (readonly Load[])[]>>> {
  const names = Object.keys(targets) as Name[];
  const all = Object.fromEntries(names.map((name) => [name, targets[name][1].map((): Load[] => [])])) as Record<Name, Load[][]>;
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) {
      const [target, orders] = targets[name];
      for (const [at, load] of (await target(stage, orders)).entries()) all[name][at]?.push(load);
    }
  }
  return all;
}
