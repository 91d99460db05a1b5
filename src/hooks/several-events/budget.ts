// A guard: where it fails, what was about to happen is stopped. That nothing is known of the budgets is no failure.
import { existsSync } from "node:fs";
import { isResting } from "../../pipeline/sessions/drain.ts";
import type { KeptStandings, ReachedBudget } from "../../pipeline/sessions/standings.ts";
import { inWords, isSpent, warning } from "../budget/warning.ts";
import type { Context } from "../context.ts";
import { journalFileIn } from "../create-context.ts";
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
    // It makes no journal where there is none: a hook that may write nowhere stops nothing.
    if (!existsSync(journalFileIn(context.place.dataDir))) return undefined;
    const { standings } = context.journal();
    const known = holding(standings.of(session), context.now());
    if (!known.some(isSpent)) {
      const said = warning(known, session, context);
      return said === undefined ? undefined : tell(said);
    }

    const at = standings.of(session)?.at ?? 0;
    const isFresh = context.now() - at < freshForMs;
    if (isFresh || isResting(context.journal(), context.now())) return stop(known.filter(isSpent), context);
    const { refreshStandings } = await import("../budget/refresh.ts");
    const asked = await refreshStandings(context, askWithinMs);
    const spent = asked === undefined ? known.filter(isSpent) : holding(asked, context.now()).filter(isSpent);
    return spent.length > 0 ? stop(spent, context) : undefined;
  },
} satisfies HookModule<"pre-tool-use"> & HookModule<"user-prompt-submit">;

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
