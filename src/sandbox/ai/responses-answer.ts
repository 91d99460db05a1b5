import type { Answered, SseEvent } from "./wire.ts";

const statusOf = ({ end }: Answered): "completed" | "incomplete" => (end === "said" || end === "refused" ? "completed" : "incomplete");

/** A whole answer of the Responses API. */
export function wholeOf(answered: Answered) {
  const { end, tokensIn, tokensOut, tokensThought } = answered;
  const status = statusOf(answered);
  const reason = end === "content_filter" ? "content_filter" : "max_output_tokens";
  return {
    ...begunOf(answered),
    status,
    incomplete_details: status === "incomplete" ? { reason } : null,
    output: itemsOf(answered),
    usage: {
      input_tokens: tokensIn,
      input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
      output_tokens: tokensOut,
      output_tokens_details: { reasoning_tokens: tokensThought },
      total_tokens: tokensIn + tokensOut,
    },
  };
}

const begunOf = ({ id, model }: Answered) => ({
  id: `resp_${id}`,
  object: "response",
  created_at: Math.floor(Date.now() / 1000),
  status: "in_progress",
  model,
  error: null,
  incomplete_details: null,
  output: [],
  store: false,
  usage: null,
});

const thoughtOf = ({ id }: Answered) => ({ id: `rs_${id}`, type: "reasoning", summary: [] });
const messageOf = (answered: Answered, status: string, content: readonly object[]) => ({
  id: `msg_${answered.id}`,
  type: "message",
  role: "assistant",
  status,
  content,
});
const partOf = ({ end }: Answered, text: string) =>
  end === "refused" ? { type: "refusal", refusal: text } : { type: "output_text", text, annotations: [], logprobs: [] };

/** Who ran out of room while it thought has no message. */
const speaks = ({ end, text }: Answered): boolean => end === "said" || text !== "";

function itemsOf(answered: Answered): readonly object[] {
  const message = messageOf(answered, statusOf(answered), [partOf(answered, answered.text)]);
  return speaks(answered) ? [thoughtOf(answered), message] : [thoughtOf(answered)];
}

/** The events of a stream in the order in which OpenAI sends them. */
export function eventsOf(answered: Answered): readonly SseEvent[] {
  const end = { type: `response.${statusOf(answered)}`, response: wholeOf(answered) };
  return [
    { type: "response.created", response: begunOf(answered) },
    { type: "response.in_progress", response: begunOf(answered) },
    { type: "response.output_item.added", output_index: 0, item: thoughtOf(answered) },
    { type: "response.output_item.done", output_index: 0, item: thoughtOf(answered) },
    ...(speaks(answered) ? messageEvents(answered) : []),
    end,
  ].map((event, sequence) => ({ name: event.type, body: { ...event, sequence_number: sequence } }));
}

function messageEvents(answered: Answered) {
  const { id, end, text } = answered;
  const item = { item_id: `msg_${id}`, output_index: 1 };
  const part = { ...item, content_index: 0 };
  const kind = end === "refused" ? "response.refusal" : "response.output_text";
  const pieces = text.match(/.{1,200}/gsu) ?? [];
  const whole = partOf(answered, text);
  return [
    { type: "response.output_item.added", output_index: 1, item: messageOf(answered, "in_progress", []) },
    { type: "response.content_part.added", ...part, part: partOf(answered, "") },
    ...pieces.map((delta) => ({ type: `${kind}.delta`, ...part, delta, logprobs: [] })),
    { type: `${kind}.done`, ...part, ...(end === "refused" ? { refusal: text } : { text, logprobs: [] }) },
    { type: "response.content_part.done", ...part, part: whole },
    { type: "response.output_item.done", output_index: 1, item: messageOf(answered, statusOf(answered), [whole]) },
  ];
}
