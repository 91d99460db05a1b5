import { stateFileIn, usualDataDir } from "../../config/present.ts";
import type { Remote } from "../../machine/remote/client.ts";
import type { Place } from "./run.ts";

interface Asked {
  /** The state file; else that of the variables, or the bot that they name. */
  readonly file?: string;
  readonly again?: true;
  readonly dryRun?: true;
  readonly isWatched: boolean;
}

/** A terminal's composition root: the bot, where both its address and a token are given, else the state file of this machine. */
export async function placeOf({ file, again, dryRun, isWatched }: Asked, variable: (name: string) => string | undefined): Promise<Place> {
  const settingsFile = variable("NEXTRUST_CONFIG");
  const stateFile = file ?? stateFileIn(variable("NEXTRUST_DATA_DIR") ?? usualDataDir);
  const bot = file === undefined ? await botOf(variable("NEXTRUST_URL"), variable("NEXTRUST_API_TOKEN")) : undefined;
  return {
    isWatched,

    async marks() {
      if (again) return new Map();
      const { ownLedger, readImportMarks } = await import("../../state/embedded/import-marks.ts");
      return readImportMarks(stateFile, bot?.url ?? ownLedger);
    },

    async open() {
      if (dryRun) return (await import("../../machine/import/own-ledger.ts")).nowhere(await pricesOf(settingsFile));
      const [{ openImports }, { ownLedger }] = await Promise.all([
        import("../../state/embedded/open-imports.ts"),
        import("../../state/embedded/import-marks.ts"),
      ]);
      const { zone } = await (await import("../../machine/money-of.ts")).moneyOf(settingsFile);
      const book = await openImports(stateFile, zone);
      if (bot === undefined)
        return (await import("../../machine/import/own-ledger.ts")).ownLedgerIn(book, ownLedger, await pricesOf(settingsFile));
      const { botLedger } = await import("../../machine/import/bot-ledger.ts");
      return botLedger(bot, {
        async remember(marks) {
          await book.put([], bot.url, marks);
        },
        close: () => book.close(),
      });
    },
  };
}

const pricesOf = async (settingsFile: string | undefined) => (await import("../../machine/book-of.ts")).bookOf(settingsFile);

async function botOf(url: string | undefined, tokens: string | undefined): Promise<Remote | undefined> {
  return url && tokens ? (await import("../../machine/remote/open-remote.ts")).openRemote(url, tokens) : undefined;
}
