import { Command, CommanderError, InvalidArgumentError } from "commander";
import type { PriceBook } from "../pipeline/usage/price-book.ts";

/** `check` and `reconcile` end with 1 when something differs, so whatever keeps them from looking ends with 2. */
const trouble = 2;

const list = new Command("list")
  .description("Show what every model costs.")
  .option("--at <day>", "the prices of a day (UTC): 2026-11-01", toDay)
  .option("--json", "print them as JSON for other programs")
  .action(async ({ at, json }: { at?: string; json?: true }) => {
    const [{ book }, { printPrices }] = await Promise.all([open(list), import("./prices/print-list.ts")]);
    process.stdout.write(printPrices(book, at === undefined ? Date.now() : Date.parse(at), json === true));
  });

const check = new Command("check")
  .description("Compare the prices of today with LiteLLM's list; ends with 1 when a price differs, and with 2 when it could not look.")
  .argument("<file>", "model_prices_and_context_window.json of LiteLLM")
  .option("--json", "print it as JSON for other programs")
  .action(async (file: string, { json }: { json?: true }) => {
    const [{ book }, { readCapped }, { parseLiteLlm }, { comparePrices }, { printComparison }] = await Promise.all([
      open(check),
      import("./prices/read-capped.ts"),
      import("./prices/litellm.ts"),
      import("./prices/compare.ts"),
      import("./prices/print-comparison.ts"),
    ]);
    const theirs = parseLiteLlm(await readCapped(file).catch((error: Error) => check.error(error.message, { exitCode: trouble })));
    if (!theirs) return check.error(`${file} is not LiteLLM's list of prices.`, { exitCode: trouble });
    const comparison = comparePrices(book, theirs, Date.now());
    if (comparison.compared.length === 0)
      return check.error(`None of the models in ${file} has a price here: nothing was compared.`, { exitCode: trouble });
    process.stdout.write(printComparison(comparison, json === true));
    if (comparison.differences.length > 0) process.exitCode = 1;
  });

interface ReconcileOptions {
  readonly since?: string;
  readonly until?: string;
  readonly json?: true;
  readonly file?: string;
}

const reconcile = new Command("reconcile")
  .description(
    "Compare what vendors billed with the ledger, by day and model; ends with 1 when they differ, and with 2 when it could not look.",
  )
  .argument("<report...>", "pages of Anthropic's cost report or of OpenAI's costs, as their Admin APIs answer")
  .option("--since <day>", "from this day (UTC) on", toDay)
  .option("--until <day>", "before this day (UTC)", toDay)
  .option("--json", "print it as JSON for other programs")
  .option("--file <file>", "the state file (default: nextrust.db in NEXTRUST_DATA_DIR)")
  .action(async (files: readonly string[], { since, until, json, file }: ReconcileOptions) => {
    const [{ book, stateFile }, { readCapped }, { parseReports }, { reconcileWith }, { hasDrift, printDrift }, { readLedger }] =
      await Promise.all([
        open(reconcile),
        import("./prices/read-capped.ts"),
        import("./prices/vendor-report.ts"),
        import("./prices/reconcile-with.ts"),
        import("./prices/print-drift.ts"),
        import("../state/embedded/read-ledger.ts"),
      ]);
    const fail = (error: Error) => reconcile.error(error.message, { exitCode: trouble });
    const texts = await Promise.all(files.map(async (name) => ({ name, text: await readCapped(name) }))).catch(fail);
    const read = parseReports(texts);
    if ("problems" in read) return reconcile.error(read.problems.join("\n"), { exitCode: trouble });
    const ledger = await readLedger(file ?? stateFile).catch(fail);
    try {
      const found = await reconcileWith(ledger, read.report, { ...(since && { since }), ...(until && { until }) }, book);
      if (!found) return reconcile.error("The report has none of these days.", { exitCode: trouble });
      process.stdout.write(printDrift(found, read.notes, json === true));
      if (hasDrift(found)) process.exitCode = 1;
    } finally {
      ledger.close();
    }
  });

export const prices = new Command("prices").description("Show what models cost, check it, or compare a vendor's bill with the ledger.");
for (const command of [list, check, reconcile]) prices.addCommand(command.exitOverride(asTrouble).showSuggestionAfterError());

/** A terminal's composition root: what models cost, and where the ledger is. */
async function open(command: Command): Promise<{ book: PriceBook; stateFile: string }> {
  const [{ priceBookPath, readPriceBook }, { stateFileOf }, { readEnvironment }, { presentIn }] = await Promise.all([
    import("../config/read-price-book.ts"),
    import("../config/config.ts"),
    import("../config/environment.ts"),
    import("../config/present.ts"),
  ]);
  const present = presentIn(process.env);
  const environment = readEnvironment(present);
  const read = readPriceBook(priceBookPath(present.NEXTRUST_CONFIG));
  if ("problems" in environment) return command.error(environment.problems.join("\n"), { exitCode: trouble });
  if ("problems" in read) return command.error(read.problems.join("\n"), { exitCode: trouble });
  return { book: read.priceBook, stateFile: stateFileOf(environment.environment) };
}

function asTrouble(error: CommanderError): never {
  throw error.exitCode === 0 ? error : new CommanderError(trouble, error.code, error.message);
}

function toDay(typed: string): string {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(typed) ? Date.parse(typed) : Number.NaN;
  if (!Number.isNaN(at) && new Date(at).toISOString().startsWith(typed)) return typed;
  throw new InvalidArgumentError("It is a day such as 2026-11-01.");
}
