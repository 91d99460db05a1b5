import type { Row } from "../row.ts";
import type { Size } from "../size.ts";
import { bolt, botWithCallsOf, inTurn, type Stage, type Wanted } from "../targets.ts";
import { underLoad } from "./under-load.ts";

/** A signed `/ci status #1`, stored durably and acknowledged, against Bolt that only acknowledges. */
export async function measureSlash(stage: Stage, { rounds, warmMs, measureMs }: Size): Promise<readonly Row[]> {
  const orders: readonly Wanted[] = [{ kind: "slash", connections: 10, warmMs, measureMs }];
  const { peer, asLive, stalled, busiest } = await inTurn(stage, rounds, {
    peer: [bolt, orders],
    asLive: [botWithCallsOf(150), orders],
    stalled: [botWithCallsOf("never"), orders],
    busiest: [botWithCallsOf(0), orders],
  });
  const against = { peer: peer[0] ?? [], peerName: "Bolt" };
  const figure = "`/ci` stored and acknowledged, 10 connections";
  return [
    ...underLoad({ ...against, figure, ours: asLive[0] ?? [], aims: { rate: 0.8, tail: 2 } }),
    ...underLoad({ ...against, figure: `${figure}, worker idle`, ours: stalled[0] ?? [] }),
    ...underLoad({ ...against, figure: `${figure}, worker at its busiest`, ours: busiest[0] ?? [] }),
  ];
}
