import { toCaptured } from "../../pipeline/sessions/captured.ts";
import { toUsages, untold } from "../../pipeline/sessions/own-total.ts";
import { attributed } from "../../pipeline/usage/import/told.ts";
import type { Context } from "../context.ts";
import type { Whose } from "./session-usage.ts";
import { basisOf, sessionTeller } from "./teller.ts";

/** Claude Code starts to count a moment before its first hook runs. */
const slackMs = 60_000;

/** Tells what Claude Code counts in its own total and wrote into no transcript, as long as that total is of this session alone. */
export function tellUntold(
  { id, origin }: Whose,
  context: Pick<Context, "journal" | "variables" | "settings" | "now" | "note">,
  at: number,
): void {
  const journal = context.journal();
  const { ownTotal, beganAt = 0, source } = journal.sessions.find(id) ?? {};
  // The total of a fork holds that of the session it was forked from.
  if (ownTotal === undefined || source === "fork" || ownTotal.since < beganAt - slackMs) return;
  const rest = untold(ownTotal, journal.requests.byModel(id, "told"));
  if (rest.size === 0) return;
  const teller = sessionTeller(origin, basisOf(context.variables, context.settings.usageCapture.basis), context.now());
  const usages = toUsages(id, rest, { at, basis: teller.basis, ...attributed(teller) });
  journal.transaction(() => {
    const fuller = journal.requests.put(
      id,
      usages.map((usage) => toCaptured(usage)),
    );
    journal.spool.add(
      fuller.map((usage) => ({ type: "usage", usage })),
      context.now(),
    );
  });
  context.note("requests that are in no transcript were told", { models: rest.size });
}
