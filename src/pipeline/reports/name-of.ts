import { clipped } from "../logs/clipped.ts";
import { mask } from "../logs/mask.ts";
import type { UsageKey } from "../usage/ledger.ts";

const longest = 60;

/** What is said where requests do not say it. */
const without: Readonly<Record<UsageKey, string>> = {
  model: "no model",
  provider: "no provider",
  service: "no service",
  basis: "no basis",
  phase: "no phase",
  actor: "nobody known",
  session: "no session",
  pr: "no pull request",
  day: "no day",
};

/** Whoever told of a request chose these names, so that they are cut, and what looks like a secret is masked. */
export const nameOf = (key: UsageKey, name: string | undefined, secrets: readonly string[]): string =>
  name === undefined ? without[key] : clipped(mask(name.replaceAll(/\s+/g, " "), secrets), longest);
