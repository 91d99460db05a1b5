import { type Action, type Mood, type Part, type Reply, type Row, type Table, text } from "../../reply.ts";
import { showUsd } from "../usage/money.ts";
import type { Crossing } from "./book.ts";
import { levelInWords, scopeInWords, spentOf, subjectInWords } from "./in-words.ts";
import { bySeverity, type Level, levels } from "./levels.ts";

/** What most of the money went to: names and amounts, dearest first. */
export interface Contributor {
  readonly name: string;
  readonly costPico: bigint;
}

export interface Alert {
  /** Everything that it tells of; of one budget and period several levels may have been crossed. */
  readonly crossings: readonly Crossing[];
  /** Of its worst budget. */
  readonly contributors: readonly Contributor[];
  readonly zone: string;
}

/** Who wants to see all of them asks for a report. */
const mostRows = 12;

const moods: Readonly<Record<Level, Mood>> = {
  forecast: "idle",
  burn: "busy",
  warning: "busy",
  critical: "bad",
  "150%": "bad",
  "200%": "bad",
};

/** One message about all that was crossed together, the worst first; what was taken back since says so. */
export function describeAlert({ crossings, contributors, zone }: Alert): Reply {
  const worst = worstOfEach(crossings);
  const standing = worst.filter(({ takenBackAt }) => takenBackAt === undefined);
  const [first] = standing.length > 0 ? standing : worst;
  const parts: Part[] = [headline(first, standing, zone), budgetTable(worst, zone)];
  if (standing.some(isStopping)) parts.push(text("Paid calls that would go over it are refused. What is under way goes on."));
  if (contributors.length > 0 && standing.length > 0) parts.push(text(`Most of it: ${contributors.map(shareOf).join(", ")}.`));
  const unpriced = standing.filter(({ subject }) => subject.scope === "unpriced");
  if (unpriced.length > 0) parts.push(text("Give it a price in config/model-pricing.json: until then no budget knows of it."));
  return { outcome: "done", reason: "budget_crossed", audience: "channel", parts, actions: steps(standing) };
}

const isStopping = ({ level, subject }: Crossing): boolean =>
  subject.scope !== "unpriced" && levels.indexOf(level) >= levels.indexOf("critical");

/** Of each budget and period the worst level that stands, or else the worst that was taken back. */
function worstOfEach(crossings: readonly Crossing[]): readonly Crossing[] {
  const sorted = crossings.toSorted(
    (one, other) =>
      Number(one.takenBackAt !== undefined) - Number(other.takenBackAt !== undefined) ||
      bySeverity(one.level, other.level) ||
      byShare(one, other),
  );
  const found = new Map<string, Crossing>();
  for (const one of sorted) {
    // A pace stands beside what was spent.
    const key = `${one.budget} ${one.period}`;
    if (!found.has(key)) found.set(key, one);
  }
  return [...found.values()];
}

/** Of two at one level the one that has the more of its budget spent. */
function byShare(one: Crossing, other: Crossing): number {
  const difference = other.spentPico * one.limitPico - one.spentPico * other.limitPico;
  return difference > 0n ? 1 : difference < 0n ? -1 : 0;
}

/** A phone shows 80 characters of it. */
function headline(first: Crossing | undefined, standing: readonly Crossing[], zone: string): Part {
  if (!first) return text("Nothing is crossed any more.", "good");
  const name = subjectInWords(first.subject, zone);
  if (first.subject.scope === "unpriced") return text(`${name} has no price: what it costs is not known`, "bad");
  if (standing.length === 0) return text(`Within the budget again: ${name}`, "good");
  const others = standing.length > 1 ? `, and ${standing.length - 1} more` : "";
  const { level, spentPico, limitPico } = first;
  if (level === "forecast") return text(`${name} is on its way to ${showUsd(spentPico)} of ${showUsd(limitPico)}${others}`, moods.forecast);
  if (level === "burn")
    return text(`${showUsd(spentPico)} went within hours: much faster than the budget of ${name} lasts${others}`, moods.burn);
  return text(`${name}: ${spentOf(spentPico, limitPico)}${others}`, moods[level]);
}

function budgetTable(worst: readonly Crossing[], zone: string): Table {
  const rows = worst.slice(0, mostRows).map((crossing): Row => {
    const { subject, level, spentPico, limitPico, takenBackAt } = crossing;
    const name = subjectInWords(subject, zone);
    if (subject.scope === "unpriced") return { mood: takenBackAt === undefined ? "bad" : "good", cells: [name, "model", "no price", ""] };
    const spent = spentOf(spentPico, limitPico);
    const [stand, much] = takenBackAt === undefined ? [levelInWords[level], spent] : ["within it again", `was ${spent}`];
    return {
      mood: takenBackAt === undefined ? moods[level] : "good",
      cells: [name, scopeInWords(subject.scope), stand, much],
    };
  });
  const left = worst.length - rows.length;
  const isOnAClock = worst.some(({ subject }) => "period" in subject);
  const notes = [...(left > 0 ? [`And ${left} more.`] : []), ...(isOnAClock ? [`Days and hours are those of ${zone}.`] : [])];
  return { kind: "table", columns: ["Budget", "Of a", "Is", "Spent"], rows, ...(notes.length > 0 && { more: notes.join(" ") }) };
}

const shareOf = ({ name, costPico }: Contributor): string => `${name} (${showUsd(costPico)})`;

function steps(standing: readonly Crossing[]): readonly Action[] {
  const pull = standing.flatMap(({ subject }) => (subject.scope === "pr" ? [`${subject.repository}#${subject.pullRequest}`] : []))[0];
  return pull === undefined ? [] : [{ label: "Show its budget", command: `budget ${pull}` }];
}
