import { existsSync } from "node:fs";
import { relative, resolve } from "node:path";
import type { BudgetAnswer } from "../../bot/events/budget-wire.ts";
import { journalFileIn, presentIn, stateFileIn, usualSettingsFile } from "../../config/present.ts";
import { UserError } from "../../errors.ts";
import type { SpoolDestination } from "../../pipeline/sessions/drain.ts";
import { askGit } from "../ask-git.ts";
import type { AskedBudgets } from "../budget/place.ts";
import type { Remote } from "../remote/client.ts";

/** What decides where the events of a checkout go. Paths are absolute. */
export interface Checkout {
  readonly project: string;
  readonly dataDir: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/** Where what is spent in a checkout is written down, and budgets are kept: by the bot that the variables name, or else on this machine. */
export interface CheckoutLedger {
  /** Absent where it is on this machine. */
  readonly bot?: Remote;
  spool(): Promise<SpoolDestination>;
  standings(asked: AskedBudgets, withinMs: number): Promise<BudgetAnswer>;
}

/** @throws UserError where the variables cannot be used */
export async function ledgerOf({ project, dataDir, variables }: Checkout): Promise<CheckoutLedger> {
  const { NEXTRUST_URL: url, NEXTRUST_API_TOKEN: tokens, NEXTRUST_CONFIG: named } = presentIn(variables);
  if (url !== undefined && tokens !== undefined) {
    const bot = (await import("../remote/open-remote.ts")).openRemote(url, tokens);
    return {
      bot,
      async spool() {
        await refuseCommitted(project, dataDir);
        return (await import("./bot.ts")).spoolToBot(bot);
      },
      standings: async (asked, withinMs) => (await import("../budget/remote.ts")).remoteBudgets({ ...bot, withinMs }).standings(asked),
    };
  }
  const stateFile = stateFileIn(dataDir);
  const settingsFile = resolve(project, named ?? usualSettingsFile);
  const readMoney = async () => {
    const [{ moneyOf }, { bookOf }] = await Promise.all([import("../money-of.ts"), import("../book-of.ts")]);
    // A file that is named has to be there.
    const money = named !== undefined || existsSync(settingsFile) ? await moneyOf(settingsFile) : { zone: "UTC" };
    return { money, priceBook: bookOf(settingsFile) };
  };
  return {
    spool: async () => {
      const { spoolToOwnLedger } = await import("./own-ledger.ts");
      return spoolToOwnLedger(async () => {
        const [{ money, priceBook }, { openImports }, { ownLedger }, { ownLedgerIn }] = await Promise.all([
          readMoney(),
          import("../../state/embedded/open-imports.ts"),
          import("../../state/embedded/import-marks.ts"),
          import("../import/own-ledger.ts"),
        ]);
        return ownLedgerIn(await openImports(stateFile, money.zone), ownLedger, priceBook);
      });
    },
    standings: async (asked) => {
      // Where nothing was written down yet nothing was spent.
      if (!existsSync(stateFile)) return { zone: "UTC", budgets: [] };
      const [{ localBudgets }, found] = await Promise.all([import("../budget/local.ts"), readMoney()]);
      return localBudgets(stateFile, { ...found, now: Date.now }).standings(asked);
    },
  };
}

const gitMs = 2_000;

/**
 * What waits was written down on this machine, or it is not ours to tell: whoever commits a memory would have others tell it in their name.
 *
 * @throws UserError where git knows of it
 */
async function refuseCommitted(project: string, dataDir: string): Promise<void> {
  // SQLite keeps what is new beside the file at first.
  const file = journalFileIn(dataDir);
  const known = await askGit(project, ["--literal-pathspecs", "ls-files", "--", file, `${file}-wal`], { timeoutMs: gitMs });
  if (!known) return;
  const folder = relative(project, dataDir);
  throw new UserError(
    "refused",
    "committed_memory",
    `What the hooks remember is committed in this repository (${folder}), so that others may have written it, and none of it is told. To mend it: git rm --cached -r ${folder}`,
  );
}
