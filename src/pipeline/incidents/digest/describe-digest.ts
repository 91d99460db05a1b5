import { type Fact, facts, type Mood, type Part, type Reply, type Row, text } from "../../../reply.ts";
import { clipped } from "../../logs/clipped.ts";
import { costInShort, costInWords, type FlakeCost } from "../../runner-minutes/flake-cost.ts";
import { isSameName } from "../../same-name.ts";
import { jobsInWords, placeOf } from "../describe.ts";
import { type Incident, incidentName } from "../incident.ts";
import { spanInWords } from "../span-in-words.ts";
import type { Acknowledged } from "../time-to-acknowledge.ts";
import type { Digest, Flaky } from "./digest.ts";

const mostRows = 20;
const mostNames = 10;
const longestJob = 80;

/** A channel's day: what is still red and whose, what nobody has, what is flaky, and how fast incidents were taken. */
export function describeDigest(digest: Digest): Reply {
  const { open, flaky } = digest;
  return {
    outcome: "done",
    reason: "incident_digest",
    audience: "channel",
    parts: [
      text(headlineOf(open), moodOf(open)),
      ...(open.length > 0 ? [stillRed(open)] : []),
      facts(...factsOf(digest)),
      ...(flaky.length > 0 ? flakyJobs(flaky, digest.flakeCosts) : []),
    ],
  };
}

const isNobodys = ({ owner }: Incident): boolean => owner === undefined;

/** It is what a phone shows. */
function headlineOf(open: readonly Incident[]): string {
  if (open.length === 0) return "CI today: nothing is red";
  const nobodys = open.filter(isNobodys).length;
  const whose = nobodys === 0 ? "somebody has each" : nobodys === open.length ? "nobody has any" : `nobody has ${nobodys}`;
  return `CI today: ${open.length} still red, ${open.length === 1 ? (nobodys === 1 ? "nobody has it" : "somebody has it") : whose}`;
}

const moodOf = (open: readonly Incident[]): Mood => (open.length === 0 ? "good" : open.some(isNobodys) ? "bad" : "busy");

function stillRed(open: readonly Incident[]): Part {
  const rows = open.slice(0, mostRows).map(
    (incident): Row => ({
      mood: isNobodys(incident) ? "bad" : "busy",
      cells: [
        { text: `${incidentName(incident)} ${placeInWords(incident)}`, url: incident.lastRed.url },
        `${incident.owner ? `${incident.owner.person.name} has it` : "nobody has it"}${incident.snooze ? ", snoozed" : ""}`,
        { at: incident.openedAt },
      ],
    }),
  );
  const more = open.length > mostRows ? { more: `and ${open.length - mostRows} more` } : {};
  return { kind: "table", columns: ["Still red", "Owner", "Since"], rows, ...more };
}

const placeInWords = (incident: Incident): string =>
  incident.subject.kind === "outage" ? `outage: ${jobsInWords(incident.jobs)}` : placeOf(incident);

function factsOf({ open, opened, resolved, acknowledged, since }: Digest): readonly Fact[] {
  const nobodys = open.filter(isNobodys);
  return [
    ...(nobodys.length > 0 ? [{ label: "Not acknowledged", value: countOf(nobodys) }] : []),
    { label: "Opened", value: countOf(opened) },
    { label: "Resolved", value: countOf(resolved) },
    { label: "Both since", value: { at: since } },
    { label: "Time to acknowledge, 7 days", value: acknowledgedInWords(acknowledged) },
  ];
}

const countOf = (of: readonly Incident[]): string => (of.length === 0 ? "none" : `${of.length} (${names(of)})`);

const names = (of: readonly Incident[]): string => {
  const more = of.length > mostNames ? ` and ${of.length - mostNames} more` : "";
  return `${of.slice(0, mostNames).map(incidentName).join(", ")}${more}`;
};

/** With what was never acknowledged said beside the percentiles, which know nothing of it. */
function acknowledgedInWords({ of, never, p50, p90 }: Acknowledged): string {
  if (of === 0) return "no incidents";
  if (p50 === undefined || p90 === undefined) return `nobody acknowledged any of ${of}`;
  const rest = never === 0 ? `of ${of}` : `of ${of - never}; nobody acknowledged ${never} of ${of}`;
  return `p50 ${spanInWords(p50)}, p90 ${spanInWords(p90)} (nearest rank, ${rest})`;
}

function flakyJobs(flaky: readonly Flaky[], costs: readonly FlakeCost[]): readonly Part[] {
  const isOne = new Set(flaky.map(({ repository }) => repository)).size === 1;
  const costOf = ({ job, repository }: Flaky) => costs.find((one) => one.job === job && isSameName(one.repository, repository));
  const rows = flaky.map((one) => {
    const { job, repository, times, lastAt } = one;
    const cost = costOf(one);
    const cells = [
      isOne ? clipped(job, longestJob) : `${clipped(job, longestJob)} (${repository})`,
      times === 1 ? "once" : `${times} times`,
      { at: lastAt },
      ...(costs.length > 0 ? [cost ? costInShort(cost) : "not known"] : []),
    ];
    return { cells };
  });
  const columns = ["Job", "How often", "Last", ...(costs.length > 0 ? ["Cost"] : [])];
  const all = costs.length > 0 ? [text(`What failed and passed later on the same commit ${costInWords(costs)}.`)] : [];
  return [text("Flaky in the last 7 days"), { kind: "table", columns, rows }, ...all];
}
