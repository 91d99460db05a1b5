import { lineOf } from "../pipeline/incidents/describe.ts";
import type { Incident } from "../pipeline/incidents/incident.ts";
import type { Row, Table } from "../reply.ts";

const mostRows = 20;

/** Incidents, one a line: what, how it stands, whose it is, and since when. */
export function incidentTable(incidents: readonly Incident[]): Table {
  const more = incidents.length > mostRows ? { more: `and ${incidents.length - mostRows} more` } : {};
  return { kind: "table", columns: ["Incident", "Since"], rows: incidents.slice(0, mostRows).map(toRow), ...more };
}

function toRow(incident: Incident): Row {
  const { text, mood } = lineOf(incident);
  return { mood, cells: [text, { at: incident.resolved?.at ?? incident.openedAt }] };
}
