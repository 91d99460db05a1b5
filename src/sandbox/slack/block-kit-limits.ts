import { z } from "zod";
import { anyText, button, chars, imageElement, list, plainText, richTextPart, staticSelect } from "./block-kit-elements.ts";

/** Why Slack would refuse a message's blocks. */
export interface BlockKitProblem {
  readonly error: "invalid_blocks" | "msg_blocks_too_long";
  readonly messages: readonly string[];
}

const blockId = chars(255).optional();

const cell = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("raw_text"), text: chars(3000) }),
  z.strictObject({ type: z.literal("raw_number"), value: z.number(), text: chars(3000).optional() }),
  z.strictObject({ type: z.literal("rich_text"), elements: z.array(richTextPart), block_id: blockId }),
]);

const column = z.strictObject({ align: z.enum(["left", "center", "right"]).optional(), is_wrapped: z.boolean().optional() });

// Only the blocks that the bot uses: another type is refused here before it can surprise on a real screen.
const block = z.discriminatedUnion("type", [
  z
    .strictObject({
      type: z.literal("section"),
      text: anyText(3000).optional(),
      fields: list(anyText(2000), 10).optional(),
      accessory: z.discriminatedUnion("type", [button, staticSelect, imageElement]).optional(),
      expand: z.boolean().optional(),
      block_id: blockId,
    })
    .refine(({ text, fields }) => text !== undefined || fields !== undefined, "must provide text or fields"),
  z.strictObject({ type: z.literal("header"), text: plainText(150), block_id: blockId }),
  z.strictObject({ type: z.literal("divider"), block_id: blockId }),
  z.strictObject({
    type: z.literal("context"),
    elements: list(z.discriminatedUnion("type", [...anyText(3000).options, imageElement]), 10),
    block_id: blockId,
  }),
  z.strictObject({
    type: z.literal("actions"),
    elements: list(z.discriminatedUnion("type", [button, staticSelect]), 25),
    block_id: blockId,
  }),
  z.strictObject({ type: z.literal("markdown"), text: chars(12_000), block_id: blockId }),
  z.strictObject({ type: z.literal("rich_text"), elements: z.array(richTextPart), block_id: blockId }),
  z.strictObject({
    type: z.literal("table"),
    rows: list(list(cell, 20), 100),
    column_settings: z.array(column.nullable()).max(20, "no more than 20 items allowed").optional(),
    block_id: blockId,
  }),
]);

const blockList = z.array(block).max(50, "no more than 50 items allowed");

/** Checks blocks against Slack's limits and says, in Slack's manner, what is wrong; undefined where nothing is. */
export function blockKitProblem(blocks: unknown): BlockKitProblem | undefined {
  const parsed = blockList.safeParse(blocks);
  const messages = parsed.success ? beyondOneBlock(parsed.data) : parsed.error.issues.map(({ message, path }) => complain(message, path));
  if (messages.length > 0) return { error: "invalid_blocks", messages };

  // Undocumented: messages of many well-sized blocks are refused from about this many characters (bolt-js #2509).
  const total = lengthOfTexts(blocks);
  return total > 13_200 ? { error: "msg_blocks_too_long", messages: [complain(`${total} characters over all blocks`, [])] } : undefined;
}

type KnownBlock = z.infer<typeof block>;

function beyondOneBlock(blocks: readonly KnownBlock[]): string[] {
  const messages: string[] = [];
  const seen = new Set<string>();
  blocks.forEach((one, at) => {
    if (one.block_id !== undefined && seen.has(one.block_id)) messages.push(complain("block_id must be unique", [at, "block_id"]));
    if (one.block_id !== undefined) seen.add(one.block_id);
    if (one.type !== "actions") return;
    const ids = one.elements.flatMap(({ action_id }) => action_id ?? []);
    if (new Set(ids).size < ids.length) messages.push(complain("action_id must be unique within its block", [at, "elements"]));
  });

  const tables = blocks.filter(({ type }) => type === "table");
  if (tables.length > 1) messages.push(complain("only one table allowed", []));
  if (lengthOfTexts(tables) > 10_000) messages.push(complain("table must hold less than 10001 characters", []));
  const markdown = lengthOfTexts(blocks.filter(({ type }) => type === "markdown"));
  if (markdown > 12_000) messages.push(complain("markdown must hold less than 12001 characters", []));
  return messages;
}

function lengthOfTexts(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + lengthOfTexts(item), 0);
  if (value === null || typeof value !== "object") return 0;
  return Object.entries(value).reduce(
    (sum, [key, item]) => sum + (key === "text" && typeof item === "string" ? [...item].length : lengthOfTexts(item)),
    0,
  );
}

const complain = (message: string, path: readonly PropertyKey[]) =>
  `[ERROR] ${message} [json-pointer:/blocks${path.map((step) => `/${String(step)}`).join("")}]`;
