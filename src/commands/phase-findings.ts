import type { Finding } from "../pipeline/phases/evaluate.ts";
import { deliverableInWords } from "../pipeline/phases/phases.ts";
import type { Mood, Row, Table } from "../reply.ts";

const mostRows = 20;

const moods: Record<Finding["state"], Mood> = { met: "good", "not met": "bad", unknown: "idle" };

/** The deliverables and how they stand; of very many, those that are not met come first. */
export function findingTable(findings: readonly Finding[]): Table {
  const shown = findings.length > mostRows ? findings.toSorted((one, other) => Number(isMet(one)) - Number(isMet(other))) : findings;
  const more = findings.length > mostRows ? { more: `and ${findings.length - mostRows} more` } : {};
  return { kind: "table", columns: ["State", "Deliverable"], rows: shown.slice(0, mostRows).map(toRow), ...more };
}

const isMet = ({ state }: Finding): boolean => state === "met";

function toRow({ deliverable, state, why, url }: Finding): Row {
  const name = deliverableInWords(deliverable);
  return { mood: moods[state], cells: [why === undefined ? state : `${state}: ${why}`, url === undefined ? name : { text: name, url }] };
}
