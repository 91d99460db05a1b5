import type { Services } from "../../services.ts";
import type { PagerSaid } from "../pager/pager-said.ts";
import type { Job } from "../queue.ts";
import { type Acted, acknowledge, unacknowledge } from "./act.ts";
import type { Change } from "./change.ts";
import { resolveByHand } from "./green.ts";
import type { Incident, Person } from "./incident.ts";
import { type KeepNeeds, keep } from "./keep.ts";
import type { Timings } from "./timings.ts";

/** Takes over what somebody did on the pager. What they did late, when it was somebody else's or over, changes nothing. */
export function createPagerSaid(needs: KeepNeeds & Pick<Services, "records">): (job: Job) => Promise<void> {
  const { records, now, timings } = needs;
  return ({ payload }) =>
    records.transaction(async (tx) => {
      const said = payload as unknown as PagerSaid;
      // The pager sends again what did not arrive, and then it comes after what happened later.
      const key = `pager-said:${said.incident}`;
      const newest = await tx.notes.find<number>(key);
      if (newest !== undefined && said.at < newest) return;
      await tx.notes.put(key, said.at);
      const before = await tx.incidents.find(said.incident);
      const change = before && changeBy(said, before, now(), timings);
      if (change) await keep(tx, before, change, needs);
    });
}

function changeBy({ action, by }: PagerSaid, before: Incident, now: number, timings: Timings): Change | undefined {
  const person: Person = { key: `pager:${by}`, name: by };
  if (action === "resolved") return before.state === "resolved" ? undefined : resolveByHand(before, person, now);
  const acted: Acted =
    action === "acknowledged" ? acknowledge(before, person, false, now, timings) : unacknowledge(before, person, now, timings);
  return "change" in acted ? acted.change : undefined;
}
