import type { Context } from "../context.ts";
import type { HookModule } from "../module.ts";
import { phaseNow } from "../phase/phase-line.ts";
import type { Whose, Wish } from "../usage/session-usage.ts";

const name = "usage-capture";
const summary = "Reads from the session's own transcript what every request used, once each, and tells the ledger.";

/** A turn does not wait for what the end of the session can read. */
const whileWorkingMs = 300;
const atStopMs = 5_000;
const atEndMs = 30_000;

/** What a module needs is loaded when it has something to read. */
const load = () => import("../usage/session-usage.ts");

interface Told {
  readonly session_id?: string | undefined;
  readonly transcript_path?: string | undefined;
}

function whoseOf({ session_id: id, transcript_path: transcript }: Told, context: Context): Whose | undefined {
  if (id === undefined || transcript === undefined) return undefined;
  const phase = phaseNow(context)?.id;
  return { id, transcript, origin: { ...(phase !== undefined && { phase }), ...context.origin() } };
}

/** What failed again and again at a commit is left to the end of sessions. */
const isHopeless = ({ origin }: Whose, context: Context): boolean =>
  context.journal().backoff.isSpent(origin.headSha ?? "", "usage capture");

async function tryIt(whose: Whose, context: Context, wish: Wish): Promise<void> {
  await (await load()).captureUsage(whose, context, wish);
  const { backoff, sessions } = context.journal();
  if (sessions.find(whose.id)?.captureFailed) backoff.take(whose.origin.headSha ?? "", "usage capture", context.now());
}

export const captureWhileWorking = {
  name,
  summary,
  async run(payload: Told, context: Context) {
    const whose = whoseOf(payload, context);
    if (whose === undefined) return undefined;
    const { capturedAt = 0 } = context.journal().sessions.find(whose.id) ?? {};
    if (context.now() - capturedAt < context.settings.usageCapture.everySeconds * 1_000 || isHopeless(whose, context)) return undefined;
    await tryIt(whose, context, { mostMs: whileWorkingMs });
    return undefined;
  },
} satisfies HookModule<"post-tool-use"> & HookModule<"post-tool-use-failure">;

export const captureAtStop: HookModule<"stop"> = {
  name,
  summary,
  async run(payload, context) {
    const whose = whoseOf(payload, context);
    if (whose === undefined || isHopeless(whose, context)) return undefined;
    const { last_assistant_message: message, prompt_id: prompt } = payload;
    await tryIt(whose, context, { mostMs: atStopMs, ...(message?.trim() && { answer: { message, prompt } }) });
    return undefined;
  },
};

export const captureAtEnd: HookModule<"session-end"> = {
  name,
  summary,
  async run(payload, context) {
    const whose = whoseOf(payload, context);
    if (whose !== undefined) await (await load()).finishUsage(whose, context, { mostMs: atEndMs, endedAt: context.now() });
    return undefined;
  },
};
