import type { Services } from "../../services.ts";
import { toPage } from "../pager/page.ts";
import { isPaging } from "../pager/pager.ts";
import type { NewJob } from "../queue.ts";
import type { Transaction } from "../records.ts";
import { call } from "./call.ts";
import { type Change, change } from "./change.ts";
import type { Incident } from "./incident.ts";
import { pagesOf } from "./pages.ts";
import { type PostMortemNeeds, putPostMortem } from "./post-mortem.ts";
import { tellPulls } from "./pulls/show-pull.ts";
import { type ShowNeeds, show, toShow } from "./show.ts";
import { nextDue } from "./tick.ts";

/** The task of the job that does what is due. */
export const tickTask = "tick-incident";

/** In no lane: what is due in an hour would hold up what is due in a minute and was added after it. */
export const toTick = (incident: number, at: number): NewJob => ({
  id: `tick-incident:${incident}:${at}`,
  task: tickTask,
  payload: { incident },
  runAt: at,
});

const graceMs = 60_000;

/** What was due a minute ago is looked at again: the job that should have done it was given up, or the clock was set back. */
export async function tickOverdue({ incidents, queue }: Transaction, now: number): Promise<void> {
  for (const incident of await incidents.open()) {
    const due = nextDue(incident);
    if (due === undefined || due > now - graceMs) continue;
    await queue.add({ ...toTick(incident.number, now), id: `tick-incident:${incident.number}:late:${now}` });
  }
}

/** Somebody else changed the incident meanwhile: decide again by how it stands now. */
export class Overtaken extends Error {
  override readonly name = "Overtaken";
}

export type KeepNeeds = ShowNeeds & PostMortemNeeds & Pick<Services, "pager" | "timings">;

/**
 * Stores what became of an incident, with its timers and everything that people and the pager are told of it.
 *
 * @throws Overtaken when the stored one is not the one that it was decided by
 */
export async function keep(tx: Transaction, before: Incident | undefined, { after, transitions }: Change, needs: KeepNeeds): Promise<void> {
  if (!(await tx.incidents.put(after))) throw new Overtaken(`incident ${after.number}`);
  await tx.incidents.append(transitions);
  const due = nextDue(after);
  if (due !== undefined && (!before || due !== nextDue(before))) await tx.queue.add(toTick(after.number, due));

  const isNewlyTold = after.isTold && before?.isTold !== true;
  for (const page of isPaging(needs) ? pagesOf(after, transitions, isNewlyTold) : []) await tx.queue.add(toPage(page));
  await call(tx, after, transitions, needs.now());
  if (transitions.length > 0 || isNewlyTold) await show(tx, after, needs);
  else await tx.queue.add(toShow(after.number, needs.now()));
  await tellPulls(tx, after, transitions, needs.now());
  if (after.state !== "resolved") return;
  await putPostMortem(tx, after, needs);
  if (before?.state !== "resolved") await letGo(tx, after, needs);
}

/** What was part of it and is red still stands for itself again. */
async function letGo(tx: Transaction, parent: Incident, needs: KeepNeeds): Promise<void> {
  const { now, timings } = needs;
  for (const child of await tx.incidents.open(parent.subject.repository)) {
    if (child.outage !== parent.number) continue;
    const due = child.owner || child.snooze ? child.due : { ...child.due, escalateAt: now() + timings.escalateMs };
    const alone = change(child, { outage: undefined, due }, [{ kind: "reminded", reason: "outage_over" }], now());
    await keep(tx, child, alone, needs);
  }
}
