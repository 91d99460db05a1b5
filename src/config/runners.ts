import { z } from "zod";
import { globProblem } from "../pipeline/policy/glob.ts";
import type { RunnerPrice } from "../pipeline/runner-minutes/runner-prices.ts";
import { type PicoUsd, parseUsd, toPico } from "../pipeline/usage/money.ts";

const label = z.string().superRefine((value, { addIssue }) => {
  const problem = globProblem(value);
  if (problem !== undefined) addIssue(problem);
});

const picoOf = (usd: string | number): PicoUsd | undefined => (typeof usd === "number" ? toPico(usd) : parseUsd(usd));

/** More is a slip of the pen: GitHub's dearest costs $0.552. */
const mostPico = toPico(1_000);

function isPrice(usd: string | number): boolean {
  const pico = picoOf(usd);
  return pico !== undefined && pico >= 0n && pico <= mostPico;
}

const Runner = z.strictObject({
  label: label.meta({ description: "a label of its jobs (`runs-on`), or a pattern such as `gpu-*`; case does not matter" }),
  usdPerMinute: z
    .union([z.number(), z.string()])
    .refine(isPrice, "is no amount of dollars from 0 to 1000, such as 0.008")
    .meta({ description: "what a minute costs in US dollars: `0.008`" }),
  roundUp: z
    .enum(["minute", "none"])
    .default("minute")
    .meta({ description: "`minute` bills each job in whole minutes, as GitHub does; `none` as long as it ran" }),
});

/** `runners` of the settings. docs/runner-minutes.md explains it. */
export const Runners = z.array(Runner);

export const toRunnerPrices = (runners: z.infer<typeof Runners>): readonly RunnerPrice[] =>
  runners.map(({ label, usdPerMinute, roundUp }) => ({
    label,
    picoPerMinute: picoOf(usdPerMinute) ?? 0n,
    isInWholeMinutes: roundUp === "minute",
  }));
