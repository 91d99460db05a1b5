// A guard: what is known to be spent stops what was about to happen. That nothing is known of the budgets, or can be, is no failure.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { isResting } from "../../pipeline/sessions/drain.ts";
import { type KeptStandings, type ReachedBudget, reachedMark } from "../../pipeline/sessions/standings.ts";
import { inWords, isSpent, warning } from "../budget/warning.ts";
import type { Context } from "../context.ts";
import { deny, type HookModule, tell } from "../module.ts";
import type { PayloadOf } from "../payload.ts";

/** What was known longer ago counts no more. */
const knownForMs = 10 * 60_000;
/** Before it stops anything it asks anew, unless it was asked just now. */
const freshForMs = 30_000;
const askWithinMs = 2_000;

/** A run that was told to answer in JSON answers by this tool: without it what was done so far would be lost. */
const lastTool = "StructuredOutput";

/** Stops tools and prompts whose budget is spent, by what was known of it last. */
export const budget = {
  name: "budget",
  summary: "Stops tools and prompts when the budget of the session, the pull request, the hour, the day or the month is spent.",
  isGuard: true,
  async run(payload: PayloadOf<"pre-tool-use" | "user-prompt-submit">, context: Context) {
    const { session_id: session } = payload;
    if (session === undefined || ("tool_name" in payload && payload.tool_name === lastTool)) return undefined;
    // Mostly none is near its end, and opening the journal takes a tenth of the time of a hook.
    if (!existsSync(join(context.place.dataDir, reachedMark))) return undefined;
    const kept = unlessBroken(() => context.journal().standings.of(session), context);
    const known = holding(kept, context.now());
    if (known.length === 0) return undefined;
    if (!known.some(isSpent)) {
      const said = unlessBroken(() => warning(known, session, context), context);
      return said === undefined ? undefined : tell(said);
    }

    const ageMs = context.now() - (kept?.at ?? 0);
    // A clock may be set back.
    const isFresh = ageMs >= 0 && ageMs < freshForMs;
    const asked = isFresh ? undefined : await askedAnew(context);
    const spent = holding(asked ?? kept, context.now()).filter(isSpent);
    return spent.length > 0 ? stop(spent, context) : undefined;
  },
} satisfies HookModule<"pre-tool-use"> & HookModule<"user-prompt-submit">;

/** A journal that is locked, full, damaged, or another account's has no say: else no tool would run until a person mends it. */
function unlessBroken<T>(read: () => T, { note }: Context): T | undefined {
  try {
    return read();
  } catch (error) {
    note("the budgets cannot be looked at", { why: error instanceof Error ? error.message : String(error) });
    return undefined;
  }
}

/** @returns undefined where nobody can say */
async function askedAnew(context: Context): Promise<KeptStandings | undefined> {
  if (unlessBroken(() => isResting(context.journal(), context.now()), context) !== false) return undefined;
  const { refreshStandings } = await import("../budget/refresh.ts");
  return refreshStandings(context, askWithinMs);
}

function holding(kept: KeptStandings | undefined, now: number): readonly ReachedBudget[] {
  if (kept === undefined || now - kept.at > knownForMs) return [];
  return kept.reached.filter(({ until }) => until === undefined || until > now);
}

function stop(spent: readonly ReachedBudget[], { variables }: Context) {
  const [first] = spent;
  const raise =
    variables.NEXTRUST_URL && variables.NEXTRUST_API_TOKEN
      ? `an admin can raise it: /ci budget override ${first?.argument} <dollars> -- <why>`
      : "thresholds in config/model-pricing.json say how much it is";
  return deny(
    `The budget is spent: ${spent.map(inWords).join("; ")}. Stop here: call no more tools, and say what is done and what is left. ` +
      `For the person: nextrust budget shows it, and ${raise}.`,
  );
}
