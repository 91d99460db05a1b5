import { z } from "zod";
import { patternProblem } from "./line-pattern.ts";

const mostIssues = 500;
const mostPatterns = 20;
const longestText = 1_000;

const pattern = z
  .string()
  .min(1)
  .superRefine((source, { addIssue }) => {
    const problem = patternProblem(source);
    if (problem !== undefined) addIssue({ code: "custom", message: problem });
  });

const workflowFile = /^[\w.-]+\.ya?ml$/;

const AutoFix = z
  .strictObject({
    type: z.enum(["retry", "workflow", "workflow_dispatch", "manual", "script", "patch"]).meta({
      description:
        "`retry` runs the failed jobs again; `workflow` (or `workflow_dispatch`) starts the workflow file `script`; the others are for people, who are shown `script`, and nothing of it is ever run",
    }),
    script: z.string().max(longestText).default("").meta({ description: "the workflow's file, or what a person should do" }),
    confidence: z.number().min(0).max(1).meta({ description: "how sure it is that this helps, from 0 to 1" }),
  })
  .superRefine(({ type, script }, { addIssue }) => {
    const isWorkflow = type === "workflow" || type === "workflow_dispatch";
    if (isWorkflow && !workflowFile.test(script))
      addIssue({ code: "custom", path: ["script"], message: "is not the name of a workflow's file such as clean.yml" });
    if (!isWorkflow && type !== "retry" && script.trim() === "")
      addIssue({ code: "custom", path: ["script"], message: "is missing: say what a person should do" });
  });

const day = z
  .string()
  .regex(/^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:T[\d:.]{5,15}(?:Z|[+-]\d\d:\d\d))?$/, "is not a day such as 2026-11-01");

const Metadata = z.strictObject({
  first_seen: day.nullable().default(null).meta({ description: "the day on which it was first seen" }),
  occurrences: z
    .int()
    .min(0)
    .default(0)
    .meta({ description: "how often it had come when it was written down; the bot counts on from there" }),
  last_fix_success: day.nullable().default(null).meta({ description: "when its fix last helped, as far as it was written down" }),
  references: z
    .array(z.url({ protocol: /^https?$/, error: "is not an http(s) URL" }))
    .max(mostPatterns)
    .default([])
    .meta({ description: "pages that say more" }),
});

/** One known issue as it is written. */
export const Entry = z.strictObject({
  id: z
    .string()
    .regex(
      /^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$/,
      "is not a lower-case word such as sigill-cpu-variant, of at most 60 letters, digits and hyphens",
    )
    .meta({ description: "what people call it; counts hang on it, so it stays" }),
  phase: z
    .string()
    .min(1)
    .max(40)
    .nullable()
    .default(null)
    .meta({ description: "the phase that it belongs to; null for every one. It restricts nothing where no phases are configured" }),
  category: z.string().min(1).max(60).meta({ description: "a word to sort it by" }),
  cpu_variants: z
    .array(z.string().min(1).max(60))
    .max(mostPatterns)
    .default([])
    .meta({ description: "only jobs whose name holds one of these as a word; every job when empty" }),
  error_pattern: pattern.meta({ description: "a pattern of RE2 that one line of the masked log fits" }),
  context_patterns: z
    .array(pattern)
    .max(mostPatterns)
    .default([])
    .meta({ description: "patterns of RE2, each of which some line of the log has to fit as well" }),
  description: z.string().min(1).max(longestText).meta({ description: "what it is, for people" }),
  auto_fix: AutoFix.nullable().optional().meta({ description: "what helps" }),
  metadata: Metadata.prefault({}),
});
export type Entry = z.infer<typeof Entry>;

/** The file of known issues: `config/known-issues.json`. Unknown keys are refused. */
export const KnownIssuesFile = z.strictObject({
  $schema: z.string().optional().meta({ description: "the schema, for editors" }),
  schema_version: z.literal("1.0"),
  known_issues: z
    .array(Entry)
    .max(mostIssues)
    .superRefine((issues, { addIssue }) => {
      const known = new Set<string>();
      for (const [at, { id }] of issues.entries()) {
        if (known.has(id)) addIssue({ code: "custom", path: [at, "id"], message: `${id} is the id of another issue already` });
        known.add(id);
      }
    })
    .meta({ description: "in order: of several that fit a log, the first counts" }),
});
export type KnownIssuesFile = z.infer<typeof KnownIssuesFile>;
