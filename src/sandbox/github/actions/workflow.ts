import * as z from "zod";

/** A workflow file of the default branch. */
export interface Workflow {
  readonly id: number;
  readonly name: string;
  readonly file: string;
}

export const pathOfWorkflow = ({ file }: Pick<Workflow, "file">): string => `.github/workflows/${file}`;

const Input = z.object({
  required: z.boolean().optional(),
  type: z.enum(["string", "choice", "boolean", "number", "environment"]).optional(),
  default: z.union([z.string(), z.boolean(), z.number()]).optional(),
  options: z.array(z.coerce.string()).optional(),
});
export type Input = z.infer<typeof Input>;

const Triggers = z.record(z.string(), z.unknown());
const Dispatch = z.object({ inputs: z.record(z.string(), Input.nullable()).nullish() });
const Matrix = z.record(z.string(), z.array(z.coerce.string()));
const JobOfFile = z.object({ strategy: z.object({ matrix: Matrix }).optional() });

/** What a workflow file says, as far as it matters here. */
export const WorkflowFile = z
  .object({
    name: z.string(),
    "run-name": z.string().optional(),
    on: z.union([z.string(), z.array(z.string()), Triggers]),
    jobs: z.record(z.string(), JobOfFile),
  })
  .transform(({ name, "run-name": runName, on, jobs }) => ({
    name,
    runName,
    jobNames: Object.entries(jobs).flatMap(([job, { strategy }]) => namesOf(job, strategy?.matrix ?? {})),
    dispatch: dispatchOf(on),
  }));

/** The inputs by which the workflow can be dispatched, or undefined when it cannot. */
function dispatchOf(on: string | readonly string[] | z.infer<typeof Triggers>): Readonly<Record<string, Input>> | undefined {
  const isPlain = typeof on === "string" || Array.isArray(on);
  if (isPlain) return on.includes("workflow_dispatch") ? {} : undefined;
  if (!("workflow_dispatch" in on)) return undefined;

  const { inputs } = Dispatch.parse((on as z.infer<typeof Triggers>).workflow_dispatch ?? {});
  return Object.fromEntries(Object.entries(inputs ?? {}).map(([name, input]) => [name, input ?? {}]));
}

// A job with a matrix runs once for each combination, which GitHub puts into its name.
function namesOf(job: string, matrix: z.infer<typeof Matrix>): string[] {
  let combinations: string[][] = [[]];
  for (const values of Object.values(matrix)) combinations = combinations.flatMap((some) => values.map((value) => [...some, value]));
  return combinations.map((values) => (values.length > 0 ? `${job} (${values.join(", ")})` : job));
}
