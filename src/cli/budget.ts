import { Command, InvalidArgumentError, Option } from "commander";
import { UserError } from "../errors.ts";
import type { BudgetPlace } from "../machine/budget/place.ts";
import type { Wish } from "../pipeline/budgets/reservation.ts";
import type { PicoUsd } from "../pipeline/usage/money.ts";

interface About {
  readonly session?: string;
  readonly pr?: PullRequest;
  readonly file?: string;
  readonly json?: true;
}

interface ReserveOptions extends About {
  readonly service: string;
  readonly model?: string;
  readonly estimate: PicoUsd | null;
  readonly lease: number;
  readonly phase?: string;
}

interface PullRequest {
  readonly repository: string;
  readonly pullRequest: number;
}

/** A workflow can tell a refusal from what went wrong. */
const refusedCode = 3;

const reserve = new Command("reserve")
  .description(`Ask whether a paid call may begin, and keep its money until it is settled; ends with ${refusedCode} when it may not.`)
  .argument("<id>", "names the reservation: the id of the run and of the step, say")
  .requiredOption("--service <name>", "through what is asked: claude-code, openai-api, gemini-cli")
  .addOption(new Option("--estimate <usd>", "what it may take at most, or free").argParser(toEstimate).makeOptionMandatory())
  .option("--model <name>", "the model, whose limits count then")
  .addOption(new Option("--lease <time>", "how long it may take, up to 6h").argParser(toLeaseMs).default(15 * 60_000, "15m"))
  .option("--phase <id>", "the phase that it is for")
  .action(async (id: string, options: ReserveOptions) => {
    const place = await openPlace(options);
    try {
      const granted = await place.reserve(toWish(id, options));
      const { renderGranted } = await import("./budget/print.ts");
      process.stdout.write(renderGranted(id, granted, options.json === true));
      if (!granted.isGranted) process.exitCode = refusedCode;
    } finally {
      await place.close();
    }
  });

const settle = new Command("settle")
  .description("End a reservation: what it took is in the ledger, or it took nothing.")
  .argument("<id>", "the reservation")
  .action(async (id: string, options: About) => {
    const place = await openPlace(options);
    try {
      if (!(await place.settle(id))) throw new UserError("not_applicable", "unknown_reservation", `There is no reservation ${id}.`);
      process.stdout.write(options.json ? `${JSON.stringify({ id, isSettled: true })}\n` : `${id} is settled.\n`);
    } finally {
      await place.close();
    }
  });

const show = new Command("show")
  .description("Show what is spent of the budgets, what is kept for calls under way, and where it is heading.")
  .action(async (options: About) => {
    const place = await openPlace(options);
    try {
      const answer = await place.standings({ ...(options.session !== undefined && { session: options.session }), ...options.pr });
      const { renderStandings } = await import("./budget/print.ts");
      process.stdout.write(renderStandings(answer, options.json === true, process.stdout.columns));
    } finally {
      await place.close();
    }
  });

export const budget = new Command("budget").description(
  "Show the budgets, or keep money for a paid call, by the state on this machine or by a bot (NEXTRUST_URL). Alone it is `budget show`.",
);
for (const command of [show, reserve, settle]) {
  if (command !== settle)
    command.option("--session <id>", "a session").addOption(new Option("--pr <owner/repo#12>", "a pull request").argParser(toPullRequest));
  command
    .option("--file <file>", "the state file (default: nextrust.db in NEXTRUST_DATA_DIR)")
    .option("--json", "print JSON for other programs");
  budget.addCommand(command.exitOverride().showHelpAfterError("Try --help."), { isDefault: command === show });
}

function toWish(id: string, { service, model, estimate, lease, session, pr, phase }: ReserveOptions): Wish {
  return {
    id,
    service,
    estimatePico: estimate,
    leaseMs: lease,
    ...(model !== undefined && { model }),
    ...(session !== undefined && { session }),
    ...(phase !== undefined && { phase }),
    ...pr,
  };
}

/** A terminal's composition root: which ledger, and what stands in the files. */
async function openPlace({ file }: About): Promise<BudgetPlace> {
  const { presentIn, stateFileIn } = await import("../config/present.ts");
  const { NEXTRUST_URL: url, NEXTRUST_API_TOKEN: tokens, NEXTRUST_CONFIG: config, NEXTRUST_DATA_DIR: folder } = presentIn(process.env);
  if (file === undefined && url !== undefined && tokens !== undefined) {
    const [{ openRemote }, { remoteBudgets }] = await Promise.all([
      import("../machine/remote/open-remote.ts"),
      import("../machine/budget/remote.ts"),
    ]);
    return remoteBudgets(openRemote(url, tokens));
  }
  const [{ localBudgets }, { moneyOf }, { bookOf }] = await Promise.all([
    import("../machine/budget/local.ts"),
    import("../machine/money-of.ts"),
    import("../machine/book-of.ts"),
  ]);
  return localBudgets(file ?? stateFileIn(folder), { money: await moneyOf(config), priceBook: bookOf(config), now: Date.now });
}

function toEstimate(typed: string): PicoUsd | null {
  if (typed === "free") return null;
  const [, whole, fraction = ""] = /^\$?(\d{1,7})(?:\.(\d{1,12}))?$/.exec(typed) ?? [];
  if (whole !== undefined) return BigInt(whole + fraction.padEnd(12, "0"));
  throw new InvalidArgumentError("It is an amount of dollars such as 2.50, or free.");
}

function toLeaseMs(typed: string): number {
  const [, count, unit] = /^([1-9]\d{0,4})([smh])$/.exec(typed) ?? [];
  const ms = Number(count) * ({ s: 1_000, m: 60_000, h: 3_600_000 }[unit ?? ""] ?? Number.NaN);
  if (ms <= 6 * 3_600_000) return ms;
  throw new InvalidArgumentError("It is a time such as 90s, 15m or 2h, up to 6h.");
}

function toPullRequest(typed: string): PullRequest {
  const [, repository, number] = /^([\w.-]+\/[\w.-]+)#([1-9]\d{0,8})$/.exec(typed) ?? [];
  if (repository !== undefined) return { repository, pullRequest: Number(number) };
  throw new InvalidArgumentError("It is of the form owner/repo#12.");
}
