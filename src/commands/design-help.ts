import { UserError } from "../errors.ts";
import { mostInWords, underWay } from "../pipeline/design/describe.ts";
import { expectedOf } from "../pipeline/design/expected.ts";
import { reachedLimit } from "../pipeline/design/reached-limit.ts";
import { addDesignHelp, type DesignWish, wishId } from "../pipeline/design/wish.ts";
import type { Json } from "../pipeline/json.ts";
import { mask } from "../pipeline/logs/mask.ts";
import { text } from "../reply.ts";
import type { Services } from "../services.ts";
import { toAsker } from "./asker.ts";
import { type Context, defineCommand, type NoQuestion, type Question } from "./command.ts";
import { aboutDesign } from "./design-help/about.ts";
import { again, type DesignQuestion, takeQuestion } from "./design-help/question.ts";

type Needs = Pick<
  Services,
  | "channels"
  | "prompts"
  | "priceBook"
  | "keys"
  | "records"
  | "money"
  | "designLimits"
  | "askAbovePico"
  | "phasePlans"
  | "pipelines"
  | "secrets"
  | "now"
>;

/** What is asked, as it was looked up and priced. */
type Agreed = Pick<DesignWish, "input" | "about">;

export const designHelp = defineCommand({
  name: "design-help",
  usage: "[#pr] [--error text] [--phase id] [--force] <question>",
  summary: "Ask a model how to go about something hard: approaches, their risks, and which one it recommends.",
  examples: [
    { args: "How do we build for a target whose linker knows no LTO?", does: "approaches, risks and a recommendation" },
    {
      args: '#12 --error "undefined symbol: __rust_alloc" Where should the allocator be linked?',
      does: "with an error, about a pull request",
    },
    { args: "--phase phase-2 --force In which order do we do this?", does: "in another phase than the current one, and asked anew" },
  ],
  role: "write",
  isMutating: true,
  takesText: ["error", "phase", "prompt"],
  parse: takeQuestion,
  targetOf: ({ target }) => target,

  async ask(wanted, context, services: Needs): Promise<Question | NoQuestion> {
    const agreed = await lookUp(wanted, context, services);
    const expected = await expectedOf(agreed.input, wanted, services);
    const agreedTo = agreed as unknown as Json;
    if (expected.keptAt !== undefined) return { agreedTo };
    const { estimate } = expected;
    await services.records.transaction(async (tx) => {
      const limit = await reachedLimit(tx, wishId(context.intent), services);
      if (limit) throw new UserError("refused", limit.reason, limit.message);
    });
    if (estimate.mostPico === null || estimate.mostPico <= services.askAbovePico) return { agreedTo };
    const { name } = estimate.first.provider;
    const most = context.showsInternals ? mostInWords(estimate) : "more than is asked for without a word";
    return {
      parts: [
        text(
          `Ask ${name} (${estimate.first.model})? It takes about ${estimate.tokensIn.toLocaleString("en-US")} tokens and costs ${most}.`,
        ),
      ],
      label: "Ask it",
      confirm: { title: "Ask for design help?", text: `It costs ${most}.` },
      agreedTo,
    };
  },

  async run(wanted, context, services: Needs, agreedTo) {
    const { input, about } = agreedTo as unknown as Agreed;
    const { intent, place, showsInternals: showsMoney } = context;
    const { isForced } = wanted;
    const expected = await expectedOf(input, { isForced }, services);
    const command = again(wanted);
    const asker = toAsker(context);
    const wish: DesignWish = {
      id: wishId(intent),
      input,
      about,
      ...(isForced && { isForced }),
      askedAt: services.now(),
      from: { kind: "person", intent, place, asker, showsMoney, ...(command !== undefined && { again: command }) },
    };
    await services.records.transaction((tx) => addDesignHelp(wish, tx));
    return underWay(expected, { showsMoney });
  },
});

async function lookUp(wanted: DesignQuestion, context: Context, services: Needs): Promise<Agreed> {
  const { about, phase, context: known } = await aboutDesign(wanted, context, services);
  const { question, error } = wanted;
  const hide = (words: string) => mask(words, services.secrets);
  const input = {
    question: hide(question),
    ...(error !== undefined && { error: hide(error) }),
    ...(phase !== undefined && { phase }),
    ...(known !== undefined && { context: hide(known) }),
  };
  return { input, about };
}
