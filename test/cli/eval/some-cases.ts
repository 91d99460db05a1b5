import { DiffLabel, FailureLabel } from "../../../src/cli/eval/labels.ts";
import type { ReviewOutcome, SaidPlace, TriageOutcome } from "../../../src/cli/eval/outcome.ts";
import type { DiffCase, FailureCase } from "../../../src/cli/eval/read-set.ts";
import type { TriageAction } from "../../../src/pipeline/orchestrator/triage.ts";

export const aFailure = (
  id: string,
  actions: readonly TriageAction[],
  more: { starts?: string; isHostile?: boolean } = {},
): FailureCase => ({
  id,
  log: `first line of ${id}\nerror: ${id} is broken\n`,
  lines: [`first line of ${id}`, `error: ${id} is broken`, ""],
  label: FailureLabel.parse({
    toolchain: id,
    kind: "compile error",
    actions,
    ...more,
    ...(more.starts && { workflows: [more.starts] }),
    workflow: "CI",
    place: "a pull request",
    attempt: 1,
    job: "build",
    changedFiles: ["src/a.ts"],
    evidence: [`error: ${id} is broken`],
    why: "So it is.",
  }),
});

const added = Array.from({ length: 40 }, (_, at) => ({ kind: "added", text: `line ${at + 1}`, newLine: at + 1 }) as const);

export const aDiff = (id: string, bug?: { from: number; to: number }): DiffCase => ({
  id,
  patch: `@@ -0,0 +1,40 @@\n${added.map(({ text }) => `+${text}`).join("\n")}\n`,
  hunks: [{ heading: "", lines: added }],
  label: DiffLabel.parse({
    language: "Go",
    path: "a.go",
    title: id,
    ...(bug ? { bugs: [{ ...bug, kind: "race", severities: ["high", "critical"], what: "It races." }] } : { clean: "It is right." }),
  }),
});

const asked = {
  turn: 1,
  service: "scripted",
  model: "m-1",
  prompt: "triage@1",
  ms: 1_000,
  tokensIn: 100,
  tokensOut: 10,
  costPico: "1000",
  failure: null,
};

export const decided = (id: string, action: TriageAction, more: Partial<NonNullable<TriageOutcome["answer"]>> = {}): TriageOutcome => ({
  ...asked,
  set: "triage",
  case: id,
  answer: { action, workflow: null, confidence: 1, evidence: [`error: ${id} is broken`], ...more },
});

export const notDecided = (id: string, failure: TriageOutcome["failure"]): TriageOutcome => ({
  ...asked,
  set: "triage",
  case: id,
  costPico: null,
  failure,
  answer: null,
});

export const aFinding = (line: number, more: Partial<SaidPlace> = {}): SaidPlace => ({
  path: "a.go",
  line,
  endLine: null,
  severity: "high",
  title: "It races",
  ...more,
});

export const reviewed = (id: string, answer: readonly SaidPlace[] | null): ReviewOutcome => ({
  ...asked,
  prompt: "review@1",
  set: "review",
  case: id,
  failure: answer ? null : "timeout",
  answer: answer && [...answer],
});
