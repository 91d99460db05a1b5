import { expect } from "vitest";
import { blockKitProblem } from "../../../../src/sandbox/slack/block-kit/message.ts";
import type { More } from "./samples.ts";

/** What is just within a limit, what is just beyond it, and where in the block Slack would point. */
export type Limit = readonly [name: string, within: More, beyond: More, pointer: string];

export function expectHeld(_: string, within: More, beyond: More, pointer: string): void {
  // As it goes over the wire, where nothing is undefined.
  const sent = (block: More) => JSON.parse(JSON.stringify([block]));

  expect(blockKitProblem(sent(within))).toBeUndefined();
  expect(blockKitProblem(sent(beyond))?.messages.join("\n")).toContain(`[json-pointer:/blocks/0${pointer}]`);
}
