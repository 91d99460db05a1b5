import type { Page } from "../pager/page.ts";
import { titleOf } from "./describe.ts";
import type { Incident, Transition } from "./incident.ts";

/**
 * What the pager is told: one page for each incident, and what becomes of it. It is not told again what it told us, nor of what is part of
 * something that it knows already.
 */
export function pagesOf(incident: Incident, transitions: readonly Transition[], isNewlyTold: boolean): readonly Page[] {
  const { outage, isTold, state, owner } = incident;
  if (isNewlyTold) return outage === undefined && state === "open" && !owner ? [toPage(incident, "trigger", 0)] : [];
  if (!isTold) return [];
  return transitions.flatMap(({ ordinal, kind, by }) => {
    if (by?.key.startsWith("pager:")) return [];
    if (kind === "acknowledged") return [toPage(incident, "acknowledge", ordinal, by?.name)];
    if (kind === "recovered" || kind === "downgraded") return [toPage(incident, "resolve", ordinal)];
    return (kind === "unacknowledged" || kind === "escalated") && outage === undefined ? [toPage(incident, "trigger", ordinal)] : [];
  });
}

function toPage(incident: Incident, action: Page["action"], ordinal: number, by?: string): Page {
  const { number, subject, lastRed } = incident;
  const isUrgent = subject.kind === "outage" || subject.trigger === "branch" || subject.trigger === "release";
  return {
    incident: number,
    ordinal,
    action,
    summary: titleOf(incident),
    severity: isUrgent ? "critical" : "warning",
    repository: subject.repository,
    url: lastRed.url,
    ...(by !== undefined && { by }),
  };
}
