import { precedenceOf } from "../usage/precedence.ts";
import type { Usage } from "../usage/usage.ts";
import type { Captured } from "./requests.ts";

/** @param prompt the one that the request was made for, where that is known */
export const toCaptured = (usage: Usage, prompt?: string): Captured => ({
  usage,
  precedence: precedenceOf({ ...usage, pricedBy: "" }),
  ...(prompt !== undefined && { prompt }),
});
