import { z } from "zod";
import { richText } from "./rich-text.ts";
import { address, chars, list, ofBlock } from "./text.ts";

const urlSource = z.strictObject({ type: z.literal("url"), url: address, text: chars(3000) });

const task = z.strictObject({
  type: z.literal("task_card"),
  task_id: chars(255),
  title: chars(3000),
  status: z.enum(["pending", "in_progress", "complete", "error"]),
  details: richText.optional(),
  output: richText.optional(),
  sources: z.array(urlSource).optional(),
  ...ofBlock,
});

export const taskCard = task.refine(({ status }) => status !== "pending", { message: "must not be pending on its own", path: ["status"] });

export const plan = z.strictObject({
  type: z.literal("plan"),
  title: chars(3000),
  tasks: list(task, 50, 0).refine((all) => new Set(all.map(({ task_id }) => task_id)).size === all.length, "must have unique task_ids"),
  ...ofBlock,
});
