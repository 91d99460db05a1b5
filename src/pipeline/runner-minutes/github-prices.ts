import { type PicoUsd, toPico } from "../usage/money.ts";

/**
 * GitHub's list prices for a minute, as of 1 January 2026, by https://docs.github.com/en/billing/reference/actions-runner-pricing. The names of
 * larger runners are an organisation's own: only those are known that GitHub gives itself, and those that end as GitHub's examples do.
 * `isStandard`: free on public repositories, https://docs.github.com/en/actions/reference/runners/github-hosted-runners.
 */
const listed: readonly { readonly label: RegExp; readonly usd: number; readonly isStandard?: true }[] = [
  { label: /^ubuntu-slim$/, usd: 0.002, isStandard: true },
  { label: /^ubuntu-(latest|\d\d\.\d\d)$/, usd: 0.006, isStandard: true },
  { label: /^ubuntu-\d\d\.\d\d-arm$/, usd: 0.005, isStandard: true },
  { label: /^windows-(latest|20\d\d)(-vs\d+)?$/, usd: 0.01, isStandard: true },
  { label: /^windows-11-arm$/, usd: 0.008, isStandard: true },
  { label: /^macos-(latest|\d\d)(-intel)?$/, usd: 0.062, isStandard: true },
  { label: /^macos-(latest|\d\d)-large$/, usd: 0.077 },
  { label: /^macos-(latest|\d\d)-xlarge$/, usd: 0.102 },
  { label: /^ubuntu-(latest|\d\d\.\d\d)-4-?cores?$/, usd: 0.012 },
  { label: /^ubuntu-(latest|\d\d\.\d\d)-8-?cores?$/, usd: 0.022 },
  { label: /^ubuntu-(latest|\d\d\.\d\d)-16-?cores?$/, usd: 0.042 },
  { label: /^ubuntu-(latest|\d\d\.\d\d)-32-?cores?$/, usd: 0.082 },
  { label: /^ubuntu-(latest|\d\d\.\d\d)-64-?cores?$/, usd: 0.162 },
  { label: /^ubuntu-(latest|\d\d\.\d\d)-96-?cores?$/, usd: 0.252 },
  { label: /^windows-(latest|20\d\d)-4-?cores?$/, usd: 0.022 },
  { label: /^windows-(latest|20\d\d)-8-?cores?$/, usd: 0.042 },
  { label: /^windows-(latest|20\d\d)-16-?cores?$/, usd: 0.082 },
  { label: /^windows-(latest|20\d\d)-32-?cores?$/, usd: 0.162 },
  { label: /^windows-(latest|20\d\d)-64-?cores?$/, usd: 0.322 },
  { label: /^windows-(latest|20\d\d)-96-?cores?$/, usd: 0.552 },
];

/** What GitHub's list says of the first of these labels that stands in it. */
export function githubPriceOf(
  labels: readonly string[],
): { readonly label: string; readonly picoPerMinute: PicoUsd; readonly isStandard: boolean } | undefined {
  for (const label of labels) {
    const found = listed.find((one) => one.label.test(label));
    if (found) return { label, picoPerMinute: toPico(found.usd), isStandard: found.isStandard ?? false };
  }
  return undefined;
}
