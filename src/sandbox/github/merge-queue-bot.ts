import { nodeId } from "./node-id.ts";
import type { Account } from "./resources.ts";

const id = 118_344_674;

/** Whom GitHub names for what its merge queue does. */
export const mergeQueueBot: Account = { login: "github-merge-queue[bot]", id, node_id: nodeId("Bot", id), type: "Bot" };
