import { z } from "zod";
import { idComplaints } from "./aggregates.ts";
import { complain, complaintsOf } from "./complaint.ts";
import { homeBlock, modalBlock } from "./surfaces.ts";
import { chars, flag, list, plainText } from "./text.ts";

const ofView = { private_metadata: chars(3000, 0).optional(), callback_id: chars(255).optional(), external_id: chars(255).optional() };

const view = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("home"), ...ofView, blocks: list(homeBlock, 100) }),
  z
    .strictObject({
      type: z.literal("modal"),
      ...ofView,
      title: plainText(24),
      submit: plainText(24).optional(),
      close: plainText(24).optional(),
      clear_on_close: flag,
      notify_on_close: flag,
      blocks: list(modalBlock, 100),
    })
    .refine(({ blocks, submit }) => submit !== undefined || !blocks.some(({ type }) => type === "input"), {
      message: "must be given where there is an input",
      path: ["submit"],
    }),
]);

const mostBytes = 250_000;
const at = ["view"];

/** Checks a modal or an App Home against Slack's limits; empty where nothing is wrong. */
export function viewComplaints(value: unknown): readonly string[] {
  const parsed = view.safeParse(value);
  if (!parsed.success) return complaintsOf(parsed.error, at);
  const isTooBig = Buffer.byteLength(JSON.stringify(value)) > mostBytes;
  return [
    ...idComplaints(parsed.data.blocks, [...at, "blocks"]),
    ...(isTooBig ? [complain(`must be less than ${mostBytes + 1} bytes`, at)] : []),
  ];
}
