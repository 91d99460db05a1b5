import { incidentStep, lineOf } from "../pipeline/incidents/describe.ts";
import type { Incident } from "../pipeline/incidents/incident.ts";
import { partInWords } from "../pipeline/incidents/pulls/part-of.ts";
import type { Pipeline } from "../pipeline/pipelines.ts";
import { type Action, type Part, text } from "../reply.ts";
import { historyStep } from "./act-on.ts";

const most = 2;

/** The open incidents that a pipeline is part of, as far as it is told below its status. */
export function incidentNotes(
  open: readonly Incident[],
  pipeline: Pipeline,
  partOf: ReadonlyMap<number, boolean> = new Map(),
): { readonly parts: readonly Part[]; readonly actions: readonly Action[] } {
  const concerned = open.filter((incident) => partOf.has(incident.number) || concerns(incident, pipeline));
  const [first] = concerned;
  if (!first) return { parts: [], actions: [] };
  const parts = concerned.slice(0, most).map((incident) => {
    const line = lineOf(incident);
    const isAll = partOf.get(incident.number);
    if (isAll === undefined) return text(line.text, line.mood);
    return text(`${isAll ? "Not you" : "Not all yours"}: ${partInWords(incident)}`, "idle");
  });
  const more = concerned.length > most ? [text(`and ${concerned.length - most} more: incidents lists them.`)] : [];
  const nobodys = concerned.find(({ owner }) => !owner);
  return { parts: [...parts, ...more], actions: [nobodys ? incidentStep("Acknowledge", "ack", nobodys) : historyStep(first)] };
}

/** A branch's incidents are all of its workflows'; a pull request is part of one where its head, or its run in the merge queue, is what failed. */
function concerns({ subject: broken, lastRed }: Incident, { subject, headSha }: Pipeline): boolean {
  if (broken.kind === "outage") return false;
  if (subject.kind === "ref") return broken.branch === subject.name || lastRed.headSha === headSha;
  return lastRed.headSha === headSha || lastRed.pullRequest === subject.number || (!subject.isFork && broken.branch === subject.branch);
}
