import { z } from "zod";
import { repository } from "./words.ts";

const longestPath = 255;
const mostPhases = 50;
const mostDeliverables = 50;

/** Relative, and no way out of the repository; git takes what stands behind the colon of `commit:./path` for something else. */
const isInside = (path: string): boolean => path.split("/").every((part) => part !== "" && part !== "." && part !== "..");

const Deliverable = z
  .strictObject({
    path: z
      .string()
      .max(longestPath)
      .refine((path) => isInside(path.replace(/\/$/, "")), "is not a relative path such as ci/Dockerfile")
      .optional()
      .meta({ description: "a file or folder that is there at the head of the branch" }),
    check: z.string().min(1).max(200).optional().meta({ description: "a check that passed on the head of the branch, by its whole name" }),
    workflow: z
      .string()
      .regex(/^[\w.-]+\.ya?ml$/, "is not the name of a workflow's file such as ci.yml")
      .optional()
      .meta({ description: "a workflow whose newest run on the branch passed, by its file's name; runs of pull requests do not count" }),
  })
  .refine(
    (it) => Object.values(it).filter((value) => value !== undefined).length === 1,
    "names not exactly one of path, check and workflow",
  );

const Phase = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/, "is not a lower-case word such as phase-1, of at most 40 letters, digits and hyphens")
    .meta({ description: "what `set-phase` is given, such as `phase-1`" }),
  name: z.string().min(1).max(100).meta({ description: "what people call it" }),
  deliverables: z
    .array(Deliverable)
    .max(mostDeliverables)
    .default([])
    .meta({ description: "what must be there before the phase is complete; each names exactly one of the following" }),
});

const isUnique = (values: readonly string[]): boolean => new Set(values).size === values.length;

/** The phases of one repository. docs/phases.md explains them. */
const RepositoryPhases = z.strictObject({
  repository: repository.meta({ description: "the repository (`owner/name`) whose phases these are" }),
  branch: z.string().min(1).max(255).optional().meta({ description: "where deliverables are looked for", unset: "the default branch" }),
  phases: z
    .array(Phase)
    .min(1)
    .max(mostPhases)
    .refine((phases) => isUnique(phases.map(({ id }) => id)), "has two phases of one id")
    .meta({ description: "the phases in their order; the first one is where a repository begins" }),
});

export const Phases = z
  .array(RepositoryPhases)
  .refine((all) => isUnique(all.map((plan) => plan.repository.toLowerCase())), "names a repository twice")
  .default([]);
