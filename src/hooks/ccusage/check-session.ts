import { writeFileSync } from "node:fs";
import { delimiter, dirname, isAbsolute, join } from "node:path";
import { UserError } from "../../errors.ts";
import { bookOf } from "../../machine/book-of.ts";
import { readCcusage } from "../../machine/ccusage/output.ts";
import { ccusagePrices } from "../../machine/ccusage/prices.ts";
import { neededVersion, runCcusage } from "../../machine/ccusage/run.ts";
import { readTranscriptFacts } from "../../machine/ccusage/transcript-facts.ts";
import { type CcusageCheck, notCompared, toCheck } from "../../pipeline/sessions/ccusage-check.ts";
import type { Session } from "../../pipeline/sessions/sessions.ts";
import { spentOn } from "../../pipeline/sessions/spent.ts";
import { asTheirs, type Ours } from "../../pipeline/usage/ccusage-usage.ts";
import { compareWithCcusage } from "../../pipeline/usage/compare-ccusage.ts";
import type { PriceBook } from "../../pipeline/usage/price-book.ts";
import { noTokens } from "../../pipeline/usage/usage.ts";
import type { Context } from "../context.ts";
import { pathWithin } from "../place/real-path.ts";
import { settingsFileOf } from "../place/settings-file.ts";
import { copyFolder, copySession } from "./copied-session.ts";
import { copiedTokens } from "./copied-tokens.ts";

const timeoutMs = 10_000;
const howToGet = `Run npm install --global ccusage@${neededVersion}.`;

/** Compares what was read of a session with what ccusage reads of it, at our prices. It throws for nothing that ccusage does. */
export async function checkSession({ id, transcript }: Session, context: Context): Promise<CcusageCheck> {
  const now = context.now();
  if (transcript === undefined) return notCompared("the session has no transcript", now);
  try {
    const book = bookOf(settingsFileOf(context.place.project, context.variables));
    const ours = oursOf(id, context, book);
    using copy = copySession(transcript, copyFolder(context.place.dataDir, transcript));
    const config = join(copy.folder, "ccusage.json");
    writeFileSync(
      config,
      JSON.stringify(
        ccusagePrices(
          ours.map(({ model }) => model),
          book,
          Math.max(...ours.map(({ lastAt }) => lastAt)),
        ),
      ),
    );
    const PATH = foldersOf(context).join(delimiter);
    const printed = await runCcusage({
      path: [PATH, ownPrograms].join(delimiter),
      timeoutMs,
      config,
      // Nothing else of this session: it holds keys.
      variables: { PATH, HOME: copy.folder, CLAUDE_CONFIG_DIR: copy.folder },
      howToGet,
    });
    const theirs = readCcusage(printed, "What ccusage printed");
    const first = compareWithCcusage({ theirs, ours, facts: [], book });
    if (first.differences.length === 0) return toCheck(first, now);
    const { facts } = await readTranscriptFacts([join(copy.folder, "projects")], new Set([id]));
    const copied = copiedTokens(id, transcript, context);
    const all = facts.map((each) => ({ ...each, ...(copied.has(each.model) && { copied: asTheirs(copied.get(each.model) ?? noTokens) }) }));
    return toCheck(compareWithCcusage({ theirs, ours, facts: all, book }), now);
  } catch (error) {
    if (error instanceof UserError) return notCompared(error.message, now);
    return notCompared(`ccusage could not be asked (${(error as Error).message})`, now);
  }
}

/** A checkout is not to say what runs: its own programs are left out, and so is what depends on the folder that somebody is in. */
const foldersOf = ({ place, variables }: Context): readonly string[] =>
  (variables.PATH ?? "").split(delimiter).filter((folder) => isAbsolute(folder) && pathWithin(place.project, folder) === undefined);

/** Where npm puts the programs that are installed beside this one. */
const ownPrograms = join(dirname(process.argv[1] ?? ""), "..", "node_modules", ".bin");

function oursOf(session: string, { journal }: Context, book: PriceBook): readonly Ours[] {
  const requests = journal().requests.ofSession(session);
  return journal()
    .requests.byModel(session)
    .map(({ model, tokens, lastAt }) => {
      const { meteredPico, coveredPico, unpricedTokens } = spentOn(
        requests.filter((request) => request.model === model),
        book,
      );
      return { session, model, service: "claude-code", tokens, costPico: meteredPico + coveredPico, unpricedTokens, lastAt };
    });
}
