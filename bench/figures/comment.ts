import type { Row } from "../row.ts";
import type { Size } from "../size.ts";
import { botWithCallsOf, inTurn, probot, type Stage, type Wanted } from "../targets.ts";
import { underLoad } from "./under-load.ts";

/** A signed `issue_comment` of 14 KB, against Probot that stores nothing. */
export async function measureComment(stage: Stage, { rounds, warmMs, measureMs }: Size): Promise<readonly Row[]> {
  const at = (kind: "comment" | "chatter", connections: number): Wanted => ({ kind, connections, warmMs: warmMs / 2, measureMs });
  const loads = await inTurn(stage, rounds, {
    peer: [probot, [at("comment", 10), at("comment", 50)]],
    asLive: [botWithCallsOf(150), [at("chatter", 10), at("chatter", 50), at("comment", 10), at("comment", 50)]],
    stalled: [botWithCallsOf("never"), [at("comment", 10), at("comment", 50)]],
  });
  const [peer10 = [], peer50 = []] = loads.peer;
  const [chatter10 = [], chatter50 = [], comment10 = [], comment50 = []] = loads.asLive;
  const [stalled10 = [], stalled50 = []] = loads.stalled;
  const by10 = { peer: peer10, peerName: "Probot" };
  const by50 = { peer: peer50, peerName: "Probot" };
  const aims = { rate: 1.5 };
  return [
    ...underLoad({ ...by10, figure: "comment with a command stored and answered, 10 connections", ours: comment10, aims }),
    ...underLoad({ ...by50, figure: "comment with a command stored and answered, 50 connections", ours: comment50, aims }),
    ...underLoad({ ...by10, figure: "the same, worker idle, 10 connections", ours: stalled10 }),
    ...underLoad({ ...by50, figure: "the same, worker idle, 50 connections", ours: stalled50 }),
    ...underLoad({ ...by10, figure: "comment that is not for us answered, 10 connections", ours: chatter10 }),
    ...underLoad({ ...by50, figure: "comment that is not for us answered, 50 connections", ours: chatter50 }),
  ];
}
