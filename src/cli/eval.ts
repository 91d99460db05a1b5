import { Command, InvalidArgumentError, Option } from "commander";
import { UserError } from "../errors.ts";
import { type ChannelName, channelNames } from "../pipeline/ai/channel.ts";
import { exactUsd, type PicoUsd, parseUsd } from "../pipeline/usage/money.ts";
import { type SetName, setNames } from "./eval/plan.ts";
import type { Scorecard } from "./eval/scorecard.ts";

interface Options {
  readonly channel?: ChannelName;
  readonly set: SetName;
  readonly limit?: number;
  readonly repeat: number;
  readonly maxUsd: PicoUsd;
  readonly out?: string;
  readonly compare?: readonly string[];
  readonly failUnder?: number;
  readonly list?: true;
  readonly format: "table" | "json";
}

const usualLimit: PicoUsd = 10n ** 12n;

export const evaluate = new Command("eval")
  .description("Measure how often models are right about failures and diffs whose answer is known.")
  .addOption(
    new Option("--channel <channel>", "whom to ask (default: claude about failures, gemini about diffs)").choices([...channelNames]),
  )
  .addOption(new Option("--set <set>", "which cases").choices([...setNames]).default("all"))
  .option("--limit <cases>", "only the first so many of each set", toCount)
  .option("--repeat <times>", "ask each so often, to see how much answers vary", toCount, 1)
  .addOption(new Option("--max-usd <usd>", "what it may cost").argParser(toUsd).default(usualLimit, exactUsd(usualLimit)))
  .option("--out <file>", "write a scorecard")
  .option("--compare <file...>", "tell what got better or worse since this scorecard; of two files, and nothing is asked")
  .option("--fail-under <share>", "end with 1 where fewer are right (of diffs: where F1 is less), from 0 to 1", toShare)
  .option("--list", "show the cases, and ask nothing")
  .addOption(new Option("--format <format>", "how to print it").choices(["table", "json"]).default("table"))
  .action(async (options: Options) => {
    if ((options.compare?.length ?? 0) > 2) throw problem("--compare takes one scorecard or two.");
    const [{ readSet, packagedSet }, { readScorecard }] = await Promise.all([import("./eval/read-set.ts"), import("./eval/scorecard.ts")]);
    const asJson = options.format === "json";
    if (options.list) {
      const { printList } = await import("./eval/list.ts");
      process.stdout.write(printList(readSet(packagedSet()), asJson, process.stdout.columns));
      return;
    }
    const [before, after] = (options.compare ?? []).map(readScorecard);
    const card = after ?? (await run(options));
    process.stdout.write(await printed(card, before, asJson));
    if (options.failUnder !== undefined && isUnder(card, options.failUnder)) process.exitCode = 1;
  });

async function run(options: Options): Promise<Scorecard> {
  const [{ readSet, packagedSet }, { runEval }, { openChannels }, { writeScorecard }, { writeWhole }] = await Promise.all([
    import("./eval/read-set.ts"),
    import("./eval/run.ts"),
    import("./eval/open-channels.ts"),
    import("./eval/scorecard.ts"),
    import("../config/write-whole.ts"),
  ]);
  const stop = new AbortController();
  const onInterrupt = () => stop.abort();
  process.once("SIGINT", onInterrupt);
  const tell = (sentence: string) => process.stderr.write(`${sentence}\n`);
  const onAsked = (done: number, of: number) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${of}${done === of ? "\n" : ""}`);
  };
  try {
    const ports = { ...(await openChannels(process.env)), now: Date.now, tell, onAsked, stop: stop.signal };
    const card = await runEval(readSet(packagedSet()), options, options.maxUsd, ports);
    if (options.out !== undefined) writeWhole(options.out, writeScorecard(card));
    // Half a measurement is no success.
    if (card.stoppedBy !== null) process.exitCode = 1;
    return card;
  } finally {
    process.off("SIGINT", onInterrupt);
  }
}

async function printed(card: Scorecard, before: Scorecard | undefined, asJson: boolean): Promise<string> {
  const [{ compareCards }, { printCard, printComparison }] = await Promise.all([import("./eval/compare.ts"), import("./eval/to-words.ts")]);
  const comparison = before && compareCards(before, card);
  if (asJson) return `${JSON.stringify(comparison ?? card, undefined, 2)}\n`;
  return comparison ? printComparison(comparison, process.stdout.columns) : printCard(card, process.stdout.columns);
}

function isUnder({ groups }: Scorecard, least: number): boolean {
  const shares = groups.map((group) => (group.set === "triage" ? group.figures.right.share : group.figures.f1));
  return shares.length === 0 || shares.some((share) => share === null || share < least);
}

function toCount(typed: string): number {
  if (/^[1-9]\d{0,3}$/.test(typed)) return Number(typed);
  throw new InvalidArgumentError("It is a whole number from 1 to 9999.");
}

function toUsd(typed: string): PicoUsd {
  const pico = parseUsd(typed);
  if (pico !== undefined && pico >= 0n) return pico;
  throw new InvalidArgumentError("It is an amount of US dollars, such as 2.50.");
}

function toShare(typed: string): number {
  const share = typed.trim() === "" ? Number.NaN : Number(typed);
  if (share >= 0 && share <= 1) return share;
  throw new InvalidArgumentError("It is a number from 0 to 1, such as 0.9.");
}

const problem = (sentence: string): UserError => new UserError("invalid", "bad_arguments", sentence);
