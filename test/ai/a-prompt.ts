import { z } from "zod";
import type { Prompt } from "../../src/pipeline/ai/prompt.ts";
import type { Call } from "../../src/pipeline/ai/provider.ts";

const Verdict = z.strictObject({ verdict: z.string(), lines: z.array(z.number()) });
export type Verdict = z.infer<typeof Verdict>;

export const aVerdict: Verdict = { verdict: 'The lock is taken twice {in } a "row".', lines: [4, 9] };

export const aPrompt = (more: Partial<Prompt<Verdict>> = {}): Prompt<Verdict> => ({
  purpose: "triage",
  version: 1,
  instructions: "Say why the build failed.",
  data: "error: deadlock detected",
  schema: {
    type: "object",
    additionalProperties: false,
    required: ["verdict", "lines"],
    properties: { verdict: { type: "string" }, lines: { type: "array", items: { type: "number" } } },
  },
  read: (answer) => Verdict.safeParse(answer).data,
  ...more,
});

export const aCall = (more: Partial<Call<Verdict>> = {}): Call<Verdict> => ({
  prompt: aPrompt(),
  model: "o3",
  mostOut: 4000,
  signal: AbortSignal.timeout(60_000),
  ...more,
});
