import type { Prompt } from "../../src/pipeline/ai/prompt.ts";
import type { Call } from "../../src/pipeline/ai/provider.ts";
import type { Json } from "../../src/pipeline/json.ts";

/** What the questions of these tests ask for. */
export interface Verdict {
  readonly verdict: string;
}

const aPrompt = (prompt: Partial<Prompt<Verdict>> = {}): Prompt<Verdict> => ({
  purpose: "review",
  version: 1,
  instructions: "Say what you think of the change.",
  data: "A change.",
  schema: {
    type: "object",
    properties: { verdict: { type: "string" } },
    required: ["verdict"],
    additionalProperties: false,
  } satisfies Json,
  read: (answer) =>
    typeof answer === "object" && answer !== null && "verdict" in answer && typeof answer.verdict === "string"
      ? { verdict: answer.verdict }
      : undefined,
  ...prompt,
});

export const aCall = ({
  prompt,
  ...call
}: Partial<Omit<Call<Verdict>, "prompt">> & { prompt?: Partial<Prompt<Verdict>> } = {}): Call<Verdict> => ({
  prompt: aPrompt(prompt),
  model: "a-model-1",
  mostOut: 4_000,
  signal: AbortSignal.timeout(150_000),
  ...call,
});
