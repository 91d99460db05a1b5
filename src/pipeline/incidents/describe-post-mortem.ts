import { type Cell, done, type Fact, facts, type Part, type Reply, type Row, type Table, text } from "../../reply.ts";
import type { Evidence, Verdict } from "../failures/diagnosis.ts";
import { clipped } from "../logs/clipped.ts";
import { shortSha } from "../next-step.ts";
import { jobsInWords, placeOf } from "./describe.ts";
import { type Incident, incidentName, type Person, type Recovery, type RunMark, type Transition } from "./incident.ts";
import { publicName } from "./public-name.ts";
import { spanInWords } from "./span-in-words.ts";
import { whatHappened } from "./tell.ts";
import { timeToAcknowledge } from "./time-to-acknowledge.ts";

/** GitHub takes 256 characters. */
const longestTitle = 200;
const mostTests = 20;
/** From either end of a long timeline. */
const mostOfAnEnd = 100;

const ends: Readonly<Record<Recovery | "by_hand", string>> = {
  fixed: "fixed",
  flake: "a flake",
  unknown: "green again",
  by_hand: "closed by hand",
};

const verdicts: Readonly<Record<Verdict, string>> = {
  yours: "the change itself",
  flaky: "flaky",
  broken_on_main: "broken before",
  infrastructure: "infrastructure",
  unknown: "not known",
};

const endOf = ({ resolved }: Incident): string => ends[resolved?.as ?? "unknown"];
const lastedMs = ({ openedAt, resolved }: Incident): number => (resolved?.at ?? openedAt) - openedAt;

/** `i12: CI on main was red for 1 h 20 min (fixed)` */
export function postMortemTitle(incident: Incident): string {
  const { subject, jobs } = incident;
  const what = subject.kind === "outage" ? `${jobsInWords(jobs)} failed in many places` : `${placeOf(incident)} was red`;
  const [name, rest] = [`${incidentName(incident)}: `, ` for ${spanInWords(lastedMs(incident))} (${endOf(incident)})`];
  return `${name}${clipped(what.replace(/\s+/g, " "), longestTitle - name.length - rest.length)}${rest}`;
}

/**
 * What everybody may read of an incident that is over: how it was, all that happened, and what people are asked to add. Nobody is
 * mentioned, since GitHub would mail them, and nobody's Slack is told of.
 */
export function describePostMortem(incident: Incident, timeline: readonly Transition[]): Reply {
  const { firstError, resolved } = incident;
  return done(
    "post_mortem",
    text(`${incidentName(incident)}, ${placeOf(incident)}: ${endOf(incident)} after ${spanInWords(lastedMs(incident))}`, "good"),
    facts(...factsOf(incident, timeline)),
    ...(firstError === undefined ? [] : [text("The first error:"), { kind: "excerpt", text: firstError } as const]),
    commitsOf(incident),
    text("What happened when", "idle"),
    tableOf(incident, timeline),
    ...prompts(resolved?.as === "by_hand" && incident.greens.length === 0),
  );
}

const reasonOf = ({ text: value, url }: Evidence): Fact => ({
  label: "Because",
  value: url === undefined ? value : { text: value, url },
});

function factsOf(incident: Incident, timeline: readonly Transition[]): readonly Fact[] {
  const { jobs, openedAt, resolved, redCount, owner, verdict, evidence = [], failedTests = [], concerned = [], outage, follows } = incident;
  const taken = timeToAcknowledge(timeline);
  const by = resolved?.by && ` by ${publicName(resolved.by)}`;
  const end = resolved?.as === "by_hand" && by ? `closed${by}` : endOf(incident);
  const names = [...new Set(concerned.map(({ name, login }) => login ?? publicName({ name })))];
  return [
    { label: "Failed", value: jobsInWords(jobs) },
    { label: "Since", value: { at: openedAt } },
    ...(resolved ? [{ label: "Until", value: { at: resolved.at } }] : []),
    { label: "How it ended", value: end },
    { label: "Red runs", value: `${redCount}` },
    { label: "Owner at the end", value: owner ? publicName(owner.person) : "nobody" },
    { label: "Time to acknowledge", value: taken === undefined ? "nobody acknowledged it" : spanInWords(taken) },
    ...(verdict === undefined ? [] : [{ label: "Cause", value: verdicts[verdict] }]),
    ...evidence.map(reasonOf),
    ...(failedTests.length > 0 ? [{ label: "Failed tests", value: listed(failedTests) }] : []),
    ...(names.length > 0 ? [{ label: "Whom it may have concerned", value: names.join(", ") }] : []),
    ...(outage === undefined ? [] : [{ label: "Part of", value: `i${outage}` }]),
    ...(follows === undefined ? [] : [{ label: "Again after", value: `i${follows}` }]),
  ];
}

const listed = (all: readonly string[]): string => {
  const more = all.length > mostTests ? ` and ${all.length - mostTests} more` : "";
  return `${all.slice(0, mostTests).join(", ")}${more}`;
};

/** The runs that tell the story, each with its commit. */
function commitsOf({ greenBefore, firstRed, lastRed, greens }: Incident): Table {
  const row = (what: string, run: RunMark | undefined): readonly Row[] =>
    run ? [{ cells: [what, { text: `Run #${run.number}`, url: run.url }, commitOf(run), { at: run.at }] }] : [];
  const isOne = firstRed.runId === lastRed.runId && firstRed.attempt === lastRed.attempt;
  return {
    kind: "table",
    columns: ["Commits", "Run", "Commit", "When"],
    rows: [
      ...row("Last green before", greenBefore),
      ...row(isOne ? "Red" : "First red", firstRed),
      ...(isOne ? [] : row("Last red", lastRed)),
      ...row("Green again", greens.at(-1)),
    ],
  };
}

/** A run's page stands below its repository's, as its commit's does. */
function commitOf({ url, headSha }: RunMark): Cell {
  const repository = /^(https?:\/\/.+)\/actions\/runs\/\d+/.exec(url)?.[1];
  return repository === undefined ? shortSha(headSha) : { text: shortSha(headSha), url: `${repository}/commit/${headSha}` };
}

function tableOf(incident: Incident, timeline: readonly Transition[]): Table {
  const hidden = Math.max(timeline.length - 2 * mostOfAnEnd, 0);
  const shown = hidden === 0 ? timeline : [...timeline.slice(0, mostOfAnEnd), ...timeline.slice(-mostOfAnEnd)];
  return {
    kind: "table",
    columns: ["When", "What"],
    rows: shown.map((one) => ({ cells: [{ at: one.at }, withoutReferences(whatHappened(incident, withPublicNames(one)))] })),
    ...(hidden > 0 && { more: `${hidden} more happened between the first ${mostOfAnEnd} and the last` }),
  };
}

/** GitHub takes `#5` for an issue or pull request, and tells there that it was named. */
const withoutReferences = (sentence: string): string => sentence.replaceAll(/\brun #(?=\d)/gi, "run ");

function withPublicNames({ called: _, by, from, ...one }: Transition): Transition {
  const named = (person: Person): Person => ({ ...person, name: publicName(person) });
  return { ...one, ...(by && { by: named(by) }), ...(from && { from: named(from) }) };
}

const prompts = (isUnproved: boolean): readonly Part[] => [
  ...(isUnproved ? [text("No run has passed since it was closed.")] : []),
  text("For people to answer, in a comment below: what is written here is edited when more is known.", "idle"),
  facts(...["What happened", "What helped", "What do we change"].map((label) => ({ label, value: "…" }))),
];
