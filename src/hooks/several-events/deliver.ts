import { drain, isResting } from "../../pipeline/sessions/drain.ts";
import { drainPatiently } from "../../pipeline/sessions/drain-patiently.ts";
import type { SpoolStanding, Trouble } from "../../pipeline/sessions/spool.ts";
import type { Context } from "../context.ts";
import { type HookModule, tell } from "../module.ts";

interface Way {
  /** How long it may take in all. */
  readonly withinMs: number;
  /** How often it is done at most, as it takes longer than everything else behind a tool. */
  readonly everyMs?: number;
  /** The last hook of a session tries although an earlier one met no answer, and once more what was refused a day ago. */
  readonly isLast?: boolean;
}

const ways = {
  "post-tool-use": { withinMs: 500, everyMs: 30_000 },
  "post-tool-use-failure": { withinMs: 500, everyMs: 30_000 },
  "session-end": { withinMs: 10_000, isLast: true },
  "session-start": { withinMs: 2_000 },
  stop: { withinMs: 2_000 },
} as const satisfies Record<string, Way>;
type DeliveryEvent = keyof typeof ways;
type Working = Exclude<DeliveryEvent, "session-start">;

const name = "deliver";
const summary =
  "Tells the bot what was used and what happened, or writes it into the ledger of this machine; what cannot be told now waits.";

const dayMs = 24 * 60 * 60_000;
/** How old what is known of budgets may be: after something was spent, and else. */
const freshForMs = { spent: 30_000, idle: 5 * 60_000 };
const leastMs = 100;

/**
 * Tells the bot what waits in the spool, or writes it into this machine's ledger, as far as that goes quickly; and learns from it how the budgets
 * stand. It is the last module of its events.
 */
export const deliver = (event: Working) =>
  ({
    name,
    summary,
    run: async (_: unknown, context: Context) => void (await deliverAt(event, context)),
  }) satisfies HookModule<"stop">;

/** The person hears when a session begins what keeps it from telling. */
export const deliverAtStart: HookModule<"session-start"> = {
  name,
  summary,
  async run(_, context) {
    const { trouble, waiting } = await deliverAt("session-start", context);
    return trouble && isWorthSaying(trouble, context.now()) ? tell(inWords(trouble, waiting)) : undefined;
  },
};

async function deliverAt(event: DeliveryEvent, context: Context): Promise<SpoolStanding> {
  const way: Way = ways[event];
  const { spool, once } = context.journal();
  const before = spool.standing();
  if (way.everyMs !== undefined && !once.take("deliver:behind-tools", way.everyMs, context.now())) return before;
  const giveUpAt = performance.now() + way.withinMs;
  const usedBy = await tellAll(way, context);
  if (!way.isLast) await learnBudgets(usedBy, Math.floor(giveUpAt - performance.now()), context);

  const standing = spool.standing();
  const { trouble, waiting } = standing;
  if (trouble && isNews(trouble, before.trouble)) context.note("nothing could be told", { why: trouble.text, waiting });
  return standing;
}

const wait = (ms: number): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, ms));

async function tellAll(
  { withinMs, isLast = false }: Way,
  { journal, now, signal, place, variables }: Context,
): Promise<ReadonlySet<string>> {
  const open = async () => (await (await import("../../machine/spool/ledger-of.ts")).ledgerOf({ ...place, variables })).spool();
  const patience = { withinMs, now, signal };
  if (!isLast) return (await drain(journal(), open, { ...patience, isPatient: false })).usedBy;
  journal().spool.tryAgain(now() - dayMs, now());
  return (await drainPatiently(journal(), open, { ...patience, insists: false, wait })).usedBy;
}

async function learnBudgets(usedBy: ReadonlySet<string>, leftMs: number, context: Context): Promise<void> {
  const { session } = context.origin();
  if (session === undefined || leftMs < leastMs || context.settings.off.includes("budget")) return;
  if (isResting(context.journal(), context.now())) return;
  const known = context.journal().standings.of(session);
  const freshMs = usedBy.has(session) ? freshForMs.spent : freshForMs.idle;
  if (known && context.now() - known.at < freshMs) return;
  await (await import("../budget/refresh.ts")).refreshStandings(context, leftMs);
}

/** How long a bot was waited for, and what it says when it is down, differs from time to time. */
const isNews = (trouble: Trouble, before: Trouble | undefined): boolean =>
  before === undefined || (trouble.isForPerson && trouble.text !== before.text);

/** A bot that is started anew is back soon, and nobody has to hear of it. */
const isWorthSaying = ({ isForPerson, since }: Trouble, now: number): boolean => isForPerson || now - since > dayMs;

const inWords = ({ text }: Trouble, waiting: number): string =>
  `NeXTRust cannot tell its ledger what happens here: ${text} ${waiting === 1 ? "1 event waits" : `${waiting} events wait`} in this checkout. Tell the person; when it is mended, nextrust sync tells them.`;
