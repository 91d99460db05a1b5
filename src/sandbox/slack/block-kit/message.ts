import { z } from "zod";
import { idComplaints, lengthOfTexts, messageComplaints } from "./aggregates.ts";
import { complain, complaintsOf } from "./complaint.ts";
import { messageBlock } from "./surfaces.ts";

/** Why Slack would refuse blocks. */
export interface BlockKitProblem {
  readonly error: "invalid_blocks" | "msg_blocks_too_long";
  readonly messages: readonly string[];
}

const blockList = z.array(messageBlock).max(50, "no more than 50 items allowed");
const at = ["blocks"];
// Undocumented: messages of many well-sized blocks are refused from about this many characters (bolt-js #2509).
const mostCharacters = 13_200;

/** Checks a message's blocks against Slack's limits and says, in Slack's manner, what is wrong; undefined where nothing is. */
export function blockKitProblem(blocks: unknown): BlockKitProblem | undefined {
  const parsed = blockList.safeParse(blocks);
  const messages = parsed.success
    ? [...idComplaints(parsed.data, at), ...messageComplaints(parsed.data, at)]
    : complaintsOf(parsed.error, at);
  if (messages.length > 0) return { error: "invalid_blocks", messages };

  // Data tables have a measure of their own.
  const total = lengthOfTexts(parsed.data?.filter(({ type }) => type !== "data_table"));
  return total > mostCharacters
    ? { error: "msg_blocks_too_long", messages: [complain(`${total} characters over all blocks`, at)] }
    : undefined;
}
