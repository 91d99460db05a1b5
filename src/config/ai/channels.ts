import { z } from "zod";
import { efforts } from "../../pipeline/ai/provider.ts";

const Model = z.strictObject({
  id: z
    .string()
    .max(100)
    .regex(/^[\w][\w.:@/[\]-]*$/, "is not the id of a model")
    .meta({ description: "the model's id, as its vendor and config/model-pricing.json know it" }),
  retires: z.iso.date().optional().meta({
    description: "the day (UTC) from which it is no more: the next one stands in from then on",
    unset: "it is asked until its vendor says that it is gone",
  }),
});
type Model = z.input<typeof Model>;

interface Usual {
  readonly models: readonly Model[];
  readonly effort: (typeof efforts)[number];
  readonly timeoutSeconds: number;
  readonly maxOutputTokens: number;
}

const channel = (usual: Usual) => ({
  models: z
    .array(Model)
    .min(1)
    .max(10)
    .refine((models) => new Set(models.map(({ id }) => id)).size === models.length, "names a model twice")
    .default(usual.models.map((model) => ({ ...model })))
    .meta({ description: "the model, and those that succeed it, in order" }),
  effort: z.enum(efforts).default(usual.effort).meta({ description: "how hard it thinks, where the model can be told" }),
  timeoutSeconds: z
    .int()
    .min(5)
    .max(1800)
    .default(usual.timeoutSeconds)
    .meta({ description: "seconds (at most 1800) that one call may take with all that is tried" }),
  maxOutputTokens: z
    .int()
    .min(256)
    .max(200_000)
    .default(usual.maxOutputTokens)
    .meta({ description: "tokens (at most 200000) of an answer, with what it thinks" }),
});

const command = (usual: string) =>
  z.string().min(1).max(1000).default(usual).meta({ description: "the program: a name on the PATH, or its whole path" });

const O3 = z
  .strictObject(
    channel({
      models: [{ id: "o3", retires: "2026-12-11" }, { id: "gpt-6.1-sol" }],
      effort: "high",
      timeoutSeconds: 600,
      maxOutputTokens: 16_000,
    }),
  )
  .prefault({})
  .meta({ description: "who helps with designs (`OPENAI_API_KEY`)" });

const Gemini = z
  .strictObject({
    ...channel({
      models: [{ id: "gemini-2.5-pro", retires: "2026-12-01" }, { id: "gemini-3.8-flash" }],
      effort: "medium",
      timeoutSeconds: 300,
      maxOutputTokens: 12_000,
    }),
    use: z
      .array(z.enum(["cli", "api"]))
      .min(1)
      .refine((ways) => new Set(ways).size === ways.length, "names a way twice")
      .default(["cli", "api"])
      .meta({ description: "how it is asked, in order: by the Gemini CLI where that is installed, by its API" }),
    command: command("gemini"),
  })
  .prefault({})
  .meta({ description: "who reviews (`GEMINI_API_KEY`)" });

const Claude = z
  .strictObject({
    ...channel({ models: [{ id: "claude-sonnet-5-5" }], effort: "medium", timeoutSeconds: 180, maxOutputTokens: 8000 }),
    command: command("claude"),
    login: z
      .boolean()
      .default(false)
      .meta({ description: "without a key, ask by the login that Claude Code has on the machine: by a subscription, as a rule" }),
  })
  .prefault({})
  .meta({ description: "who looks into failures: Claude Code (`ANTHROPIC_API_KEY`, or a login of its own)" });

export const AiChannels = z.strictObject({ o3: O3, gemini: Gemini, claude: Claude }).prefault({});
export type AiChannels = z.infer<typeof AiChannels>;
