import type { Delivery } from "../../../src/sandbox/github/deliveries.ts";
import { Schemas } from "./schemas.ts";

/** Reads GitHub's description of its webhooks, against which it tells what is wrong with a payload. */
export async function webhookContract(): Promise<(delivery: Pick<Delivery, "event" | "payload">) => string[]> {
  const schemas = await Schemas.read<{ readonly payloads: Readonly<Record<string, object>> }>("webhooks.json");
  return ({ event, payload }) => {
    const name = nameOf({ event, payload });
    if (!(name in schemas.content.payloads)) return ["GitHub sends no such event, or scripts/github-contract/used.ts lacks it"];
    return schemas.problems(["payloads", name], payload).map((problem) => `payload ${problem}`);
  };
}

/** `issue_comment created`; `ping`, which has no action. */
export const nameOf = ({ event, payload }: Pick<Delivery, "event" | "payload">): string =>
  [event, ...("action" in payload ? [payload.action] : [])].join(" ");
