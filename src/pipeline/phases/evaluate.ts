import { ServiceError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { fullName } from "../match-by-name.ts";
import { countOf, type Pipeline } from "../pipelines.ts";
import type { Evidence } from "./evidence.ts";
import type { Deliverable, Phase, PhasePlan } from "./phases.ts";

/** A deliverable as it stands. What GitHub could not say is `unknown`, which is not met. */
export interface Finding {
  readonly deliverable: Deliverable;
  readonly state: "met" | "not met" | "unknown";
  /** Why it is not met or unknown, in a few words. */
  readonly why?: string;
  readonly url?: string;
}

export interface Evaluation {
  /** The commit that was looked at; absent when it could not be found out. */
  readonly head?: Pick<Pipeline, "headSha" | "headUrl">;
  readonly branch?: string;
  /** One for each deliverable, in order. */
  readonly findings: readonly Finding[];
}

type Needs = Pick<Services, "pipelines" | "evidence">;
type Verdict = Omit<Finding, "deliverable">;

/**
 * Looks at every deliverable of a phase: one request for the head and its checks, one for all paths, one for each workflow.
 *
 * @throws UserError when the App is not installed on the repository
 */
export async function evaluate({ repository, branch }: PhasePlan, { deliverables }: Phase, services: Needs): Promise<Evaluation> {
  const allJobs = deliverables.some(({ kind }) => kind === "check");
  const head = await orUnknown(services.pipelines.ofRef(repository, branch && `refs/heads/${branch}`, { allJobs }));
  if (head === undefined) return all(deliverables, `there is no branch ${branch ?? "to look at"}`);
  if ("unknown" in head) return all(deliverables, head.unknown);

  const name = branch ?? (head.subject.kind === "ref" ? head.subject.name : "");
  const paths = deliverables.flatMap((each) => (each.kind === "path" ? [each.path] : []));
  const found = paths.length === 0 ? new Map<string, string>() : orUnknown(services.evidence.paths(repository, head.headSha, paths));
  const findings = await Promise.all(
    deliverables.map(async (deliverable): Promise<Finding> => {
      if (deliverable.kind === "path") return { deliverable, ...ofPath(deliverable.path, await found) };
      if (deliverable.kind === "check") return { deliverable, ...ofCheck(deliverable.name, head) };
      return { deliverable, ...(await ofWorkflow(repository, deliverable.file, name, services.evidence)) };
    }),
  );
  return { head, branch: name, findings };
}

export const metAmong = (findings: readonly Finding[]): number => findings.filter(({ state }) => state === "met").length;

const all = (deliverables: readonly Deliverable[], why: string): Evaluation => ({
  findings: deliverables.map((deliverable) => ({ deliverable, state: "unknown", why })),
});

function ofPath(path: string, found: ReadonlyMap<string, string> | Unknown): Verdict {
  if ("unknown" in found) return { state: "unknown", why: found.unknown };
  const url = found.get(path);
  return url === undefined ? { state: "not met", why: "not there" } : { state: "met", url };
}

/** A name that several checks have is met when all of them passed. */
function ofCheck(name: string, { jobs, counts }: Pipeline): Verdict {
  const named = jobs.filter((job) => job.name === name || fullName(job) === name);
  const worst = named.find(({ state }) => state !== "passed");
  const [first] = named;
  if (worst) return { state: "not met", why: worst.state, ...(worst.url && { url: worst.url }) };
  if (first) return { state: "met", ...(first.url && { url: first.url }) };
  if (jobs.length < countOf(counts)) return { state: "unknown", why: `it is not among the first ${jobs.length} checks` };
  return { state: "not met", why: "no such check on the head" };
}

async function ofWorkflow(repository: string, file: string, branch: string, evidence: Evidence): Promise<Verdict> {
  const run = await orUnknown(evidence.newestRun(repository, file, branch));
  if (run === undefined) return { state: "not met", why: `no run on ${branch}` };
  if ("unknown" in run) return { state: "unknown", why: run.unknown };
  return run.state === "passed" ? { state: "met", url: run.url } : { state: "not met", why: run.state, url: run.url };
}

interface Unknown {
  readonly unknown: string;
}

async function orUnknown<T>(asking: Promise<T>): Promise<T | Unknown> {
  try {
    return await asking;
  } catch (error) {
    if (error instanceof ServiceError) return { unknown: error.message };
    throw error;
  }
}
