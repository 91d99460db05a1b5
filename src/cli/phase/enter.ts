import { randomUUID } from "node:crypto";
import { UserError } from "../../errors.ts";
import { secretsIn } from "../../hooks/secrets.ts";
import { deliverablesHere, missingInWords } from "../../machine/deliverables.ts";
import { statusLogFolder, writeStatusLog } from "../../machine/status-log/write.ts";
import { momentInWords } from "../../pipeline/moment-in-words.ts";
import { nearest } from "../../pipeline/nearest.ts";
import type { PhasePlan } from "../../pipeline/phases/phases.ts";
import { activityText, newActivity } from "../../pipeline/sessions/new-activity.ts";
import { type PhaseHere, phaseHere, phaseHereInWords } from "../../pipeline/sessions/phase-log.ts";
import { done, type Reply, text } from "../../reply.ts";
import type { Checkout } from "../checkout.ts";

/**
 * Makes a phase the current one, and notes it in the status log.
 *
 * @throws UserError for a phase that there is not, or that it is in already
 */
export function enterPhase(checkout: Checkout, typed: string, why: string): Reply {
  if (checkout.problems.length > 0)
    throw new UserError(
      "invalid",
      "bad_settings",
      `The settings say which phases there are, and there is a mistake in them:\n${checkout.problems.join("\n")}`,
    );
  const plan = checkout.plan();
  const id = knownId(typed.toLowerCase(), plan);
  const journal = checkout.journal();
  const reason = activityText(why, secretsIn(checkout.variables));
  const by = checkout.origin().actor ?? "somebody";
  const { before, now } = journal.transaction(() => {
    const entered = journal.phases.current();
    if (entered?.id === id) {
      const since = `since ${momentInWords(entered.at)}, by ${entered.by}`;
      throw new UserError("not_applicable", "already_in_phase", `It is in ${id} already, ${since}.`);
    }
    const at = checkout.now();
    journal.phases.enter({ id, at, by, ...(reason !== "" && { reason }) });
    const before = phaseHere(plan, entered);
    const now = phaseHere(plan, journal.phases.current()) as PhaseHere;
    const activity = { id: randomUUID(), at, kind: "phase", text: moveInWords(before, now, reason) } as const;
    journal.statusLog.add([newActivity(activity, checkout.origin(), secretsIn(checkout.variables))]);
    return { before, now };
  });
  writeStatusLog(statusLogFolder(checkout.place, checkout.settings), journal, plan);
  const missing = before?.phase && before.id !== id ? missingInWords(deliverablesHere(checkout.place.project, before.phase)) : "";
  return done(
    "phase_set",
    text(moveInWords(before, now, reason), "good"),
    ...(missing === "" ? [] : [text(`Not there yet from ${before?.id}: ${missing}`, "idle")]),
  );
}

function knownId(id: string, plan: PhasePlan | undefined): string {
  if (!plan) {
    if (/^phase-[1-9]\d{0,5}$/.test(id)) return id;
    throw new UserError(
      "invalid",
      "unknown_phase",
      `“${id.slice(0, 40)}” is no phase such as phase-2. Others can be described in config/nextrust.yml, under phases.`,
    );
  }
  const ids = plan.phases.map((phase) => phase.id);
  if (ids.includes(id)) return id;
  const near = nearest(id, ids);
  const offer = near.length === 0 ? "" : ` Did you mean ${near.join(" or ")}?`;
  throw new UserError(
    "invalid",
    "unknown_phase",
    `${plan.repository} has no phase “${id.slice(0, 40)}”.${offer} There are: ${ids.join(", ")}`,
  );
}

function moveInWords(before: PhaseHere | undefined, now: PhaseHere, reason: string): string {
  const from = before && before.id !== now.id ? `From ${phaseHereInWords(before)} to ` : "In ";
  return `${from}${phaseHereInWords(now)}${reason === "" ? "." : `: ${reason}`}`;
}
