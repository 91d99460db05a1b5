import { parse } from "yaml";
import { z } from "zod";
import { UserError } from "../../errors.ts";
import type { WorkflowInput } from "../../pipeline/workflows.ts";

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const Input = z
  .object({
    type: z.enum(["string", "choice", "boolean", "number", "environment"]).catch("string").default("string"),
    required: z.boolean().catch(false).default(false),
    default: scalar.nullish(),
    options: z
      .array(scalar.nullable())
      .default([])
      .transform((options) => options.filter((option) => option !== null)),
  })
  .nullable();

const Dispatch = z.object({ inputs: z.record(z.string(), Input).nullish() }).nullable();

/** `on` may be a word, a list of words, or a map from words to what they mean. */
const WorkflowFile = z.object({
  on: z.union([
    z.string().transform((event) => (event === "workflow_dispatch" ? null : undefined)),
    z.array(z.string()).transform((events) => (events.includes("workflow_dispatch") ? null : undefined)),
    z.looseObject({ workflow_dispatch: Dispatch.optional() }).transform((events) => events.workflow_dispatch),
  ]),
});

/**
 * Reads what a workflow file declares for being started by hand.
 *
 * @returns undefined when it cannot be
 * @throws UserError when the file is none that GitHub would run
 */
export function toWorkflowInputs(file: string, path: string): readonly WorkflowInput[] | undefined {
  const dispatch = read(file, path).on;
  if (dispatch === undefined) return undefined;
  return Object.entries(dispatch?.inputs ?? {}).map(([name, input]) => ({
    name,
    type: input?.type ?? "string",
    isRequired: input?.required ?? false,
    ...(input?.default != null && { default: input.default }),
    options: input?.options ?? [],
  }));
}

/** Far above what people write; reading more takes time that others wait. */
const longestFile = 64 * 1024;

function read(file: string, path: string): z.infer<typeof WorkflowFile> {
  if (file.length > longestFile) {
    throw new UserError(
      "not_applicable",
      "workflow_too_large",
      `${path} is larger than 64 KiB, and I do not read that much. Start it on GitHub.`,
    );
  }
  try {
    // Looking for keys that stand twice takes quadratic time.
    return WorkflowFile.parse(parse(file, { uniqueKeys: false }));
  } catch {
    throw new UserError("not_applicable", "bad_workflow_file", `${path} cannot be understood as a workflow. Repair it and try again.`);
  }
}
