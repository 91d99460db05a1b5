import type { Prompts } from "../../pipeline/ai/prompt.ts";
import { designPrompt } from "./design.ts";
import { reviewPrompt } from "./review.ts";
import { triagePrompt } from "./triage.ts";

/** Every prompt, by what it is for. */
export const prompts: Prompts = { design: designPrompt, review: reviewPrompt, triage: triagePrompt };
