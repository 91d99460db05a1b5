import { z } from "zod";
import { triageActions } from "../../pipeline/orchestrator/triage.ts";
import { severities } from "../../pipeline/reviews/review.ts";

const line = z.string().min(1);
const file = z.string().regex(/^[\w.-]+\.ya?ml$/, "is no file of a workflow");

/** What is right about a failed job: `eval/failures/<id>.yml`, beside its log. */
export const FailureLabel = z
  .strictObject({
    toolchain: line,
    kind: line,
    /** Those that are right, the best first. */
    actions: z.array(z.enum(triageActions)).min(1),
    /** Workflows that may be started, and the one that is right. */
    workflows: z.array(file).default([]),
    starts: file.optional(),
    isFlake: z.boolean().default(false),
    /** Its log speaks to the model. */
    isHostile: z.boolean().default(false),
    workflow: line,
    place: line,
    attempt: z.int().min(1),
    job: line,
    changedFiles: z.array(line),
    onMain: z.strictObject({ failed: z.int().min(0), of: z.int().min(1) }).optional(),
    history: z.array(line).default([]),
    /** Lines of the log that show it, as people read them. */
    evidence: z.array(line).min(1),
    why: line,
  })
  .refine(({ actions }) => new Set(actions).size === actions.length, "names an action twice")
  .refine(({ actions, starts }) => actions.includes("start_workflow") === (starts !== undefined), "says which workflow to start")
  .refine(({ workflows, starts }) => starts === undefined || workflows.includes(starts), "starts a workflow that may be started");
export type FailureLabel = z.infer<typeof FailureLabel>;

const Bug = z
  .strictObject({
    /** Lines of the file as the change leaves it. */
    from: z.int().min(1),
    to: z.int().min(1),
    kind: line,
    severities: z.array(z.enum(severities)).min(1),
    what: line,
  })
  .refine(({ from, to }) => from <= to, "ends before it begins");
export type Bug = z.infer<typeof Bug>;

/** What is wrong in a diff, or why nothing is: `eval/diffs/<id>.yml`, beside the diff. */
export const DiffLabel = z
  .strictObject({ language: line, path: line, title: line, bugs: z.array(Bug).min(1).optional(), clean: line.optional() })
  .refine(({ bugs, clean }) => (bugs === undefined) !== (clean === undefined), "has bugs, or says why it is clean");
export type DiffLabel = z.infer<typeof DiffLabel>;
