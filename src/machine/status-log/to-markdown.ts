import { renderReply } from "../../bot/render/markdown.ts";
import { momentInWords } from "../../pipeline/moment-in-words.ts";
import { deliverableInWords } from "../../pipeline/phases/phases.ts";
import { type PhaseHere, phaseHereInWords } from "../../pipeline/sessions/phase-log.ts";
import { done, facts, type Part, text } from "../../reply.ts";
import { activityTable } from "./activity-table.ts";
import type { Standing } from "./standing.ts";

const mostActivities = 50;

/** What `pipeline-log.md` holds. */
export function toMarkdown({ phase, entered, activities, more }: Standing): string {
  const shown = activities.slice(-mostActivities).toReversed();
  const left = activities.length - shown.length + more;
  const sections = [
    section("Current phase", phase ? phaseParts(phase) : [text("No phase is known. To say one: nextrust set-phase")]),
    section("Recent activities", shown.length > 0 ? [activityTable(shown, left)] : [text("Nothing was recorded yet.")]),
    ...(entered.length > 0 ? [section("Phase history", [phaseTable(entered.toReversed())])] : []),
  ];
  return `# Pipeline log\n\nWritten by nextrust; what is changed here is overwritten.\n\n${sections.join("\n\n")}\n`;
}

const section = (title: string, parts: readonly Part[]): string =>
  `## ${title}\n\n${renderReply(done("shown", ...parts), undefined, undefined, "")}`;

function phaseParts(here: PhaseHere): Part[] {
  const deliverables = here.phase?.deliverables.map(deliverableInWords) ?? [];
  const known = [
    ...(here.entered ? [{ label: "Since", value: `${momentInWords(here.entered.at)}, by ${here.entered.by}` }] : []),
    ...(deliverables.length > 0 ? [{ label: "Deliverables", value: deliverables.join(", ") }] : []),
    ...(here.next ? [{ label: "Next", value: `${here.next.id} ${here.next.name}` }] : []),
  ];
  return [text(phaseHereInWords(here)), ...(known.length > 0 ? [facts(...known)] : [])];
}

function phaseTable(entered: Standing["entered"]): Part {
  const rows = entered.map(({ id, at, by, reason }) => ({ cells: [momentInWords(at), id, by, reason ?? ""] }));
  return { kind: "table", columns: ["When", "Phase", "Who", "Why"], rows };
}
