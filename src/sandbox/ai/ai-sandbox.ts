import { estimateTokens } from "../../pipeline/sessions/estimate-tokens.ts";
import { chatWire } from "./chat-wire.ts";
import { type AiFault, type FaultOptions, type PlannedFault, PlannedFaults } from "./faults.ts";
import { type SeenRequest, startAiFront } from "./front.ts";
import { responsesWire } from "./responses-wire.ts";
import type { Answered, Asked, Question, SandboxModel, ScriptedAnswer, Wire } from "./wire.ts";

/** OpenAI and Gemini on loopback, with models that say what a script says. */
export interface AiSandbox {
  /** Stands for https://generativelanguage.googleapis.com. */
  readonly url: string;
  /** Stands for https://api.openai.com/v1. */
  readonly openAiEndpoint: string;
  readonly openAiKey: string;
  readonly geminiKey: string;
  /** Questions that came, in order, those that went wrong among them. */
  requests(): readonly SeenRequest[];
  /** Makes calls go wrong, until the returned function is called. */
  fail(fault: AiFault, options?: FaultOptions): () => void;
  close(): Promise<void>;
}

export interface AiSandboxOptions {
  answer(question: Question): ScriptedAnswer | Promise<ScriptedAnswer>;
  readonly openAiModels?: readonly SandboxModel[];
  readonly geminiModels?: readonly SandboxModel[];
  readonly latencyMs?: number;
}

const openAiKey = "sandbox-openai-key-that-is-no-secret";
const geminiKey = "sandbox-gemini-key-that-is-no-secret";

export async function startAiSandbox(options: AiSandboxOptions): Promise<AiSandbox> {
  const {
    answer,
    openAiModels = [{ id: "o3", answersAs: "o3-2025-04-16" }],
    geminiModels = [{ id: "gemini-2.5-pro" }],
    latencyMs = 0,
  } = options;
  const faults = new PlannedFaults();
  const seen: SeenRequest[] = [];
  let count = 0;
  const modelsOf = (api: Question["api"]) => (api === "responses" ? openAiModels : geminiModels);

  async function say(asked: Asked, fault: PlannedFault | undefined): Promise<Answered | undefined> {
    const found = modelsOf(asked.api).find(({ id }) => id === asked.model);
    if (found === undefined) return undefined;
    const { api, model, instructions, data, schema } = asked;
    const said = spoken(await answer({ api, model, instructions, data, schema }), fault);
    count += 1;
    return { id: `sandbox${count}`, model: found.answersAs ?? model, ...counted(said, asked) };
  }

  const front = await startAiFront({
    wires: [responsesWire, chatWire],
    isKey: (wire, token) => token === (wire === responsesWire ? openAiKey : geminiKey),
    list: (wire: Wire) => wire.list(modelsOf(wire === responsesWire ? "responses" : "chat")),
    nextFault: () => faults.next(),
    say,
    saw: (request) => seen.push(request),
    latencyMs,
  });
  return {
    url: front.url,
    openAiEndpoint: `${front.url}/v1`,
    openAiKey,
    geminiKey,
    requests: () => seen,
    fail: (name, more = {}) => faults.add({ name, ...more }),
    close: front.close,
  };
}

type Said = Pick<Answered, "end" | "text">;

function spoken(scripted: ScriptedAnswer, fault: PlannedFault | undefined): Said {
  if (fault?.name === "refusal") return { end: "refused", text: "I'm sorry, but I can't help with that." };
  if (fault?.name === "empty") return { end: "said", text: "" };
  if (fault?.name === "wrong_shape") return { end: "said", text: '{"something":"else"}' };
  if (fault?.name === "content_filter") return { end: "content_filter", text: "" };
  if (typeof scripted === "string") return { end: "said", text: scripted };
  if ("refusal" in scripted && typeof scripted.refusal === "string") return { end: "refused", text: scripted.refusal };
  const text = JSON.stringify(scripted);
  return fault?.name === "incomplete" ? { end: "incomplete", text: text.slice(0, text.length / 2) } : { end: "said", text };
}

/** A model that is to think thinks as long as it speaks. One that has too little room for both does not end. */
function counted({ end, text }: Said, { instructions, data, schema, hasEffort, mostOut }: Asked): Omit<Answered, "id" | "model"> {
  const tokensIn = estimateTokens(instructions) + estimateTokens(data) + estimateTokens(JSON.stringify(schema));
  const spokenTokens = estimateTokens(text);
  const tokensThought = hasEffort ? spokenTokens : 0;
  const tokensOut = spokenTokens + tokensThought;
  if (tokensOut <= mostOut) return { end, text, tokensIn, tokensOut, tokensThought };
  return { end: "incomplete", text: "", tokensIn, tokensOut: mostOut, tokensThought: Math.min(tokensThought, mostOut) };
}
