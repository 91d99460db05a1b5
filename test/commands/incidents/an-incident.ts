import type { Incident, Person, RunMark } from "../../../src/pipeline/incidents/incident.ts";
import { type KeepNeeds, keep } from "../../../src/pipeline/incidents/keep.ts";
import { open, type Red } from "../../../src/pipeline/incidents/red.ts";
import { timings } from "../../../src/pipeline/incidents/timings.ts";
import type { Records } from "../../../src/pipeline/records.ts";

export const repository = "acme/shop";
/** 2026-11-20 10:00 UTC, a Friday. */
export const at = Date.UTC(2026, 10, 20, 10);

export const ada: Person = { key: "slack:T1/U1", name: "ada", account: { id: 1, login: "ada" }, slackUser: "U1" };
export const grace: Person = { key: "slack:T1/U2", name: "grace", account: { id: 2, login: "grace" }, slackUser: "U2" };

export const aRun = (number: number, changes: Partial<RunMark> = {}): RunMark => ({
  runId: 9000 + number,
  number,
  attempt: 1,
  headSha: `${number}`.padStart(7, "a").padEnd(40, "0"),
  url: `https://github.test/runs/${number}`,
  at,
  ...changes,
});

/** A failure of CI on main. */
export function aRed({ branch = "main", ...changes }: Partial<Red> & { readonly branch?: string } = {}): Red {
  return {
    key: `pipeline:${repository}:1:branch:${branch}`,
    subject: { kind: "pipeline", repository, workflowId: 1, workflow: "CI", branch, trigger: "branch" },
    jobs: ["build"],
    signatures: [],
    run: aRun(7),
    isUrgent: true,
    ...changes,
  };
}

export const anIncident = (changes: Partial<Incident> = {}, red: Red = aRed()): Incident => ({
  ...open(12, red, at, timings).after,
  ...changes,
});

/** Stores a new incident, as a delivery would; gives its number. */
export function store(records: Records, red: Red, needs: KeepNeeds): Promise<number> {
  return records.transaction(async (tx) => {
    const number = await tx.incidents.nextNumber();
    await keep(tx, undefined, open(number, red, needs.now(), timings), needs);
    return number;
  });
}
