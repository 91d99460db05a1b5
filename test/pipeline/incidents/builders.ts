import type { Incident, Person, RunMark } from "../../../src/pipeline/incidents/incident.ts";
import { open, type Red } from "../../../src/pipeline/incidents/red.ts";
import { timings } from "../../../src/pipeline/incidents/timings.ts";

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const start = Date.UTC(2026, 10, 2, 9);

/** The run of this number; each has a commit of its own unless told. */
export const aRun = (number: number, changes: Partial<RunMark> = {}): RunMark => ({
  runId: 1_000 + number,
  number,
  attempt: 1,
  headSha: `${number}`.padStart(40, "a"),
  url: `https://github.test/runs/${number}`,
  at: start + number * minuteMs,
  ...changes,
});

export const aRed = (number: number, changes: Partial<Red> = {}): Red => ({
  key: "pipeline:acme/shop:1:branch:main",
  subject: { kind: "pipeline", repository: "acme/shop", workflowId: 1, workflow: "CI", branch: "main", trigger: "branch" },
  jobs: ["test"],
  signatures: ["error: it broke"],
  run: aRun(number),
  isUrgent: true,
  ...changes,
});

export const aPerson = (name: string): Person => ({ key: `slack:T1/${name}`, name, slackUser: name });
export const ana = aPerson("ana");
export const ben = aPerson("ben");

/** An open incident of run 10, told at `start`. */
export const anIncident = (changes: Partial<Red> = {}): Incident => open(1, aRed(10, changes), start, timings).after;
