import type { Services } from "../../services.ts";
import type { Job } from "../queue.ts";
import { calledFor } from "./called.ts";
import { type KeepNeeds, keep } from "./keep.ts";
import { tick } from "./tick.ts";

type Needs = KeepNeeds & Pick<Services, "records" | "onCall" | "workspace" | "timings">;

/** Does what is due of an incident. */
export function createTick(needs: Needs): (job: Job) => Promise<void> {
  const { records, now, timings } = needs;
  return async ({ payload }) => {
    const { incident: number } = payload as { incident: number };
    const seen = await records.transaction(({ incidents }) => incidents.find(number));
    if (!seen || !tick(seen, [], now(), timings)) return;
    const called = await calledFor(seen, needs);
    await records.transaction(async (tx) => {
      const before = await tx.incidents.find(number);
      const change = before && tick(before, called, now(), timings);
      if (change) await keep(tx, before, change, needs);
    });
  };
}
