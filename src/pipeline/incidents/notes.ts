import { type Part, type Row, text } from "../../reply.ts";
import type { Evidence, Verdict } from "../failures/diagnosis.ts";
import { fixParts } from "../failures/fix-parts.ts";
import { clipped } from "../logs/clipped.ts";
import { pagerState, type Trouble } from "../pager/state.ts";
import type { Transaction } from "../records.ts";
import type { Incident } from "./incident.ts";

const mostEvidence = 4;
const mostReferences = 3;
const longestDescription = 300;

/** What a verdict means for a branch: there is no "you" in a channel. */
const verdictWords: Readonly<Record<Verdict, string>> = {
  yours: "A change since the last green run broke it",
  flaky: "Looks flaky",
  broken_on_main: "It was broken before this commit",
  infrastructure: "Infrastructure, not the code",
  unknown: "I cannot tell why it fails",
};

const pagerWords: Readonly<Record<Trouble, string>> = {
  away: "The pager does not answer, so it was not told of this: call whoever is on call yourself.",
  busy: "The pager makes my pages wait, so it was not told of this yet: call whoever is on call yourself.",
  refused: "The pager refuses my pages, so it was not told of this: call whoever is on call yourself.",
};

/** What else is to be said of an incident: why it fails, what is known of that, what was done without a person, and that nobody was paged. */
export async function notesOn(incident: Incident, tx: Pick<Transaction, "notes">): Promise<readonly Part[]> {
  if (incident.state === "resolved") return [];
  const pager = await pagerState(tx);
  const isUnpaged = Object.values(pager?.pages ?? {}).some((page) => page.incident === incident.number);
  return [
    ...(pager && isUnpaged ? [text(pagerWords[pager.trouble], "bad")] : []),
    ...whyParts(incident),
    ...knownParts(incident),
    ...(incident.fixes ?? []).flatMap(fixParts),
  ];
}

function whyParts({ verdict, evidence = [] }: Incident): readonly Part[] {
  const rows = evidence.slice(0, mostEvidence).map(toRow);
  return [
    ...(verdict === undefined ? [] : [text(`${verdictWords[verdict]}.`)]),
    ...(rows.length > 0 ? [{ kind: "table", columns: ["Why"], rows } as const] : []),
  ];
}

function knownParts({ known }: Incident): readonly Part[] {
  if (!known) return [];
  const rows = known.references.slice(0, mostReferences).map((url) => ({ cells: [{ text: url, url }] }));
  return [
    text(`Known issue ${known.id}: ${clipped(known.description, longestDescription)}`),
    ...(rows.length > 0 ? [{ kind: "table", columns: ["More about it"], rows } as const] : []),
  ];
}

const toRow = ({ text: said, url }: Evidence): Row => ({ cells: [url === undefined ? said : { text: said, url }] });
