import type { z } from "zod";
import { providerOf } from "../pipeline/usage/provider-of.ts";
import type { EarlierPrice, PricedModelEntry } from "./pricing.ts";

interface Mistake {
  readonly path: (string | number)[];
  readonly message: string;
}

/** What is wrong within one range of days, besides the shape of its values. */
export function rangeMistakes(range: EarlierPrice, { addIssue }: z.core.$RefinementCtx): void {
  const { input_extended: input, output_extended: output, cli_input: cliInput, cli_output: cliOutput, from, until } = range;
  const isLong = Object.keys(range).some((key) => key.includes("extended"));
  const mistakes: readonly [boolean, string, string][] = [
    [isLong && input === undefined, "input_extended", "is missing: a price for long requests needs it"],
    [isLong && output === undefined, "output_extended", "is missing: a price for long requests needs it"],
    [cliInput === undefined && cliOutput !== undefined, "cli_input", "is missing beside cli_output"],
    [cliOutput === undefined && cliInput !== undefined, "cli_output", "is missing beside cli_input"],
    [
      from !== undefined && until !== undefined && until <= from,
      "until",
      `is not after ${from}: it is the first day on which it holds no more`,
    ],
  ];
  for (const [isWrong, key, message] of mistakes) if (isWrong) addIssue({ code: "custom", path: [key], message });
}

/** What is wrong between the models, or between the ranges of one. */
export function modelMistakes(models: Readonly<Record<string, PricedModelEntry>>): readonly Mistake[] {
  const entries = Object.entries(models);
  return [
    ...entries.filter(([name, { provider }]) => provider === undefined && providerOf(name) === undefined).map(([name]) => nameless(name)),
    ...entries.flatMap(([name, { aliases }], at) => {
      const taken = new Set([...Object.keys(models), ...entries.slice(0, at).flatMap(([, other]) => other.aliases)]);
      const isTaken = (alias: string, index: number) => taken.has(alias) || aliases.indexOf(alias) < index;
      return aliases.flatMap((alias, index) =>
        isTaken(alias, index) ? [{ path: [name, "aliases", index], message: `${alias} is the name of another model already` }] : [],
      );
    }),
    ...entries.flatMap(([name, model]) => overlaps(name, model)),
  ];
}

const nameless = (name: string): Mistake => ({
  path: [name, "provider"],
  message: "is missing: the name does not say whether it is anthropic, openai, google or other",
});

/** Days compare as they are written. */
function overlaps(name: string, model: PricedModelEntry): readonly Mistake[] {
  const ranges = [
    { path: [name], ...daysOf(model) },
    ...model.earlier.map((range, index) => ({ path: [name, "earlier", index], ...daysOf(range) })),
  ].toSorted((one, other) => (one.from < other.from ? -1 : 1));
  return ranges.slice(1).flatMap(({ path, from }, index) => {
    const before = ranges[index];
    return before && from < before.until
      ? [{ path, message: `holds on days on which another price of ${name} holds: give it a from, and the other an until` }]
      : [];
  });
}

const daysOf = ({ from = "", until = "~" }: EarlierPrice): { from: string; until: string } => ({ from, until });
