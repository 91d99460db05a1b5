import { type Action, type Choice, type Fact, facts, type Mood, type Part, type Reply, text } from "../../reply.ts";
import { clipped } from "../logs/clipped.ts";
import { nextStep, shortSha } from "../next-step.ts";
import { type Incident, incidentName, type Recovery, type RunMark } from "./incident.ts";

const mostJobs = 5;
const longestName = 80;

const recoveries: Readonly<Record<Recovery | "by_hand", string>> = {
  fixed: "fixed",
  flake: "a flake (same commit passed)",
  unknown: "green again, cause unknown",
  by_hand: "closed",
};

/** How it ended, in a few words. Of an outage that nobody saw end only so much is known. */
export function endInWords({ subject, resolved, greens }: Pick<Incident, "subject" | "resolved" | "greens">): string {
  const as = resolved?.as ?? "unknown";
  return subject.kind === "outage" && as === "unknown" && greens.length === 0 ? "not seen any more" : recoveries[as];
}

/** `CI on main`, `the merge queue of main`, … */
export function placeOf({ subject }: Pick<Incident, "subject">): string {
  if (subject.kind === "outage") return subject.repository;
  const name = clipped(subject.workflow, longestName);
  const branch = clipped(subject.branch, longestName);
  return {
    branch: `${name} on ${branch}`,
    merge_queue: `${name} in the merge queue of ${branch}`,
    schedule: `${name} on schedule (${branch})`,
    release: `${name} of the release ${branch}`,
  }[subject.trigger];
}

export const jobsInWords = (jobs: readonly string[]): string => {
  const shown = jobs.slice(0, mostJobs).map((job) => clipped(job, longestName));
  const more = jobs.length > mostJobs ? ` and ${jobs.length - mostJobs} more` : "";
  return shown.length === 0 ? "a job" : `${shown.join(", ")}${more}`;
};

/** A phone shows 80 characters, of which the icon takes two. */
const longestLine = 78;
const longestOwner = 20;

/** The incident in one line: its state, what fails, and whose it is. All three stand within what a phone shows. */
export function lineOf(incident: Incident): { readonly text: string; readonly mood: Mood } {
  const { state, owner, snooze } = incident;
  const name = incidentName(incident);
  const who = owner && clipped(owner.person.name, longestOwner);
  if (state === "resolved") {
    const whose = who === undefined || incident.resolved?.by ? "" : ` · ${who} had it`;
    return { text: `${name} ${overInWords(incident, longestLine - name.length - 1 - whose.length)}${whose}`, mood: "good" };
  }
  const whose = ` · ${who ?? "nobody"} has it${snooze ? ", snoozed" : ""}`;
  const text = `${name} ${redInWords(incident, longestLine - name.length - 1 - whose.length)}${whose}`;
  return { text, mood: owner ? "busy" : snooze ? "idle" : "bad" };
}

/** What the incident is, for those who show it as it was first told: whose it is and whether it is over would soon be wrong there. */
export function titleOf(incident: Incident): string {
  const name = incidentName(incident);
  return `${name} ${redInWords(incident, longestLine - name.length - 1)}`;
}

function overInWords(incident: Incident, room: number): string {
  const { resolved } = incident;
  const by = resolved?.by ? ` by ${clipped(resolved.by.name, longestOwner)}` : "";
  const how = `${endInWords(incident)}${by}`;
  const place = incident.subject.kind === "outage" ? "outage" : placeOf(incident);
  return `${clipped(place, Math.max(room - how.length - 2, shortestPlace))}: ${how}`;
}

const shortestPlace = 10;

/** What is red. Of several jobs that do not fit the first one stands for all. */
function redInWords(incident: Incident, room: number): string {
  const { subject, jobs } = incident;
  const [place, joint] = subject.kind === "outage" ? ["outage", ", the same error in "] : [placeOf(incident), " is red: "];
  const whole = `${place}${joint}${jobsInWords(jobs)}`;
  if (lengthOf(whole) <= room) return whole;
  const more = jobs.length > 1 ? ` +${jobs.length - 1}` : "";
  const left = room - joint.length - more.length;
  const job = clipped(jobs[0] ?? "a job", Math.max(left - lengthOf(place), Math.floor(left / 2)));
  return `${clipped(place, left - lengthOf(job))}${joint}${job}${more}`;
}

const lengthOf = (text: string): number => [...text].length;

/** What stands at the top of the incident's thread: how it is now. */
export function describeIncident(incident: Incident, notes: readonly Part[] = []): Reply {
  const { text: line, mood } = lineOf(incident);
  const { firstError, state } = incident;
  const shown = (state === "resolved" ? incident.greens.at(-1) : undefined) ?? incident.lastRed;
  return {
    outcome: "done",
    reason: `incident_${state}`,
    audience: "channel",
    parts: [
      text(line, mood),
      facts(...factsOf(incident)),
      ...(firstError !== undefined && state !== "resolved" ? [{ kind: "excerpt", text: firstError } as const] : []),
      ...notes,
    ],
    link: { text: `Run #${shown.number}`, url: shown.url },
    ...(state === "resolved"
      ? { actions: [incidentStep("What happened", "incidents", incident)] }
      : { actions: actionsOf(incident), choice: choiceOf(incident) }),
  };
}

function factsOf(incident: Incident): readonly Fact[] {
  const { subject, owner, openedAt, resolved, redCount, lastRed, greenBefore, concerned = [], due, snooze, failedTests = [] } = incident;
  const { follows, outage, greens, escalations, jobs } = incident;
  const next = nextOf(incident);
  const waiting = resolved === undefined && greens.length > 0;
  // What the line above had no room for.
  const line = lineOf(incident).text;
  const [place, failing] = [placeOf(incident), jobsInWords(jobs)];
  const green = greens.at(-1);
  const isCut = !resolved && !line.includes(failing);
  return [
    { label: "Repository", value: subject.repository },
    ...(subject.kind === "outage" || line.includes(place) ? [] : [{ label: "Pipeline", value: place }]),
    ...(isCut || resolved ? [{ label: resolved ? "Red was" : "Red", value: failing }] : []),
    { label: "Since", value: { at: openedAt } },
    ...(owner
      ? [
          { label: resolved ? "Owned by" : "Owner", value: owner.person.name },
          ...(resolved ? [] : [{ label: "Theirs since", value: { at: owner.since } }]),
        ]
      : []),
    ...(resolved ? [{ label: "Over", value: { at: resolved.at } }] : []),
    { label: resolved ? "Last red" : "Commit", value: shaOf(lastRed) },
    ...(resolved && green ? [{ label: "Green", value: shaOf(green) }] : []),
    ...(redCount > 1 ? [{ label: "Seen", value: `${redCount} times` }] : []),
    ...(failedTests.length > 0 ? [{ label: "Failed tests", value: failedTests.slice(0, mostJobs).join(", ") }] : []),
    ...(greenBefore ? [{ label: "Last green", value: { text: shortSha(greenBefore.headSha), url: greenBefore.url } }] : []),
    ...(concerned.length > 0 ? [{ label: "Whom it may concern", value: { people: concerned } }] : []),
    ...(outage === undefined ? [] : [{ label: "Part of", value: `i${outage}` }]),
    ...(follows === undefined ? [] : [{ label: "Again after", value: `i${follows}` }]),
    ...(waiting ? [{ label: "Green once", value: "it flips today, so a second green run within 30 minutes ends it" }] : []),
    ...(escalations > 0 && !resolved ? [{ label: "Escalated", value: escalations === 1 ? "once" : `${escalations} times` }] : []),
    ...(snooze?.until === "fixed" ? [{ label: "Snoozed", value: `until it is fixed, by ${snooze.by.name}` }] : []),
    ...(snooze && due.snoozedUntil !== undefined ? [{ label: `Snoozed by ${snooze.by.name} until`, value: { at: due.snoozedUntil } }] : []),
    ...(next ? [next] : []),
  ];
}

const shaOf = ({ headSha, url }: RunMark) => ({ text: shortSha(headSha), url });

/** The next thing that happens by itself. */
function nextOf({ due, state }: Incident): Fact | undefined {
  if (state === "resolved") return undefined;
  if (due.escalateAt !== undefined) return { label: "Escalated unless taken by", value: { at: due.escalateAt } };
  if (due.releaseAt !== undefined) return { label: "Nobody's unless the owner answers by", value: { at: due.releaseAt } };
  return due.remindAt === undefined ? undefined : { label: "The owner is asked again", value: { at: due.remindAt } };
}

/** A command on the incident, from anywhere. */
export const incidentStep = (label: string, verb: string, { number, subject }: Incident, rest = "", style?: Action["style"]): Action =>
  nextStep(label, `${verb} i${number}${rest}`, { surface: "slack", repository: subject.repository, headSha: "" }, style);

const mostActions = 3;

/** Take it, run it again, or do what is known to help. */
export function actionsOf(incident: Incident): readonly Action[] {
  const { fixes = [] } = incident;
  const usual = usualActions(incident);
  const more = fixes.flatMap(({ action }) => (action && !usual.some(({ label }) => label === action.label) ? [action] : []));
  return [...usual, ...more].slice(0, mostActions);
}

function usualActions(incident: Incident): readonly Action[] {
  const { owner, subject, lastRed } = incident;
  const take = owner
    ? incidentStep("Take over", "ack", incident, " --take-over")
    : incidentStep("Acknowledge", "ack", incident, "", "primary");
  if (subject.kind === "outage" || subject.trigger === "merge_queue") return [take];
  const head = { surface: "slack", repository: subject.repository, ref: subject.branch, headSha: lastRed.headSha } as const;
  return [take, nextStep("Retry failed jobs", "retry-job --failed", head)];
}

const snoozes = [
  ["for 30 minutes", "30m"],
  ["for 1 hour", "1h"],
  ["for 4 hours", "4h"],
  ["until tomorrow 09:00", "tomorrow"],
  ["until it is fixed", "fixed"],
] as const;

function choiceOf(incident: Incident): Choice {
  const option = (label: string, verb: string, rest = "") => {
    const { command } = incidentStep(label, verb, incident, rest);
    return { label, command };
  };
  return {
    label: "More",
    options: [
      ...(incident.owner ? [option("Give it back", "unack")] : []),
      ...snoozes.map(([label, until]) => option(`Snooze ${label}`, "snooze", ` ${until}`)),
      option("Escalate", "escalate"),
      option("Resolve", "resolve"),
      option("What happened", "incidents"),
    ],
  };
}
