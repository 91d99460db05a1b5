import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import packaged from "../../config/model-pricing.json" with { type: "json" };
import type { PriceBook } from "../pipeline/usage/price-book.ts";
import { parseFile } from "./parse-file.ts";
import { PriceBookFile } from "./pricing.ts";
import { readWholeFile } from "./read-whole-file.ts";
import { toPriceBook } from "./to-price-book.ts";

/** Where a team's own prices stand: beside the settings file. */
export const priceBookPath = (settingsFile: string | undefined): string =>
  join(dirname(settingsFile ?? "config/nextrust.yml"), "model-pricing.json");

/** Those that come with the bot. */
export const packagedPriceBook = (): PriceBook => toPriceBook(PriceBookFile.parse(packaged));

/**
 * Reads the prices; where the team has no such file, they are those that come with the bot.
 *
 * @returns the price book, or the sentences that say what is wrong with the file and at which line and column
 */
export function readPriceBook(path: string): { priceBook: PriceBook } | { problems: string[] } {
  if (!existsSync(path)) return { priceBook: packagedPriceBook() };
  let text: string;
  try {
    text = readWholeFile(path);
  } catch (error) {
    return { problems: [`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`] };
  }
  const parsed = parseFile(path, text, PriceBookFile);
  return "problems" in parsed ? parsed : { priceBook: toPriceBook(parsed.content) };
}
