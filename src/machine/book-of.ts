import { priceBookPath, readPriceBook } from "../config/read-price-book.ts";
import { UserError } from "../errors.ts";
import type { PriceBook } from "../pipeline/usage/price-book.ts";

/**
 * What models cost, as the file beside the settings says, or else the one that comes with the bot.
 *
 * @param settingsFile as NEXTRUST_CONFIG names it
 * @throws UserError with what is wrong with the file
 */
export function bookOf(settingsFile: string | undefined): PriceBook {
  const read = readPriceBook(priceBookPath(settingsFile));
  if ("problems" in read) throw new UserError("invalid", "bad_settings", read.problems.join("\n"));
  return read.priceBook;
}
