import type { Settings } from "../config/settings.ts";
import type { PinnedLinks } from "../pipeline/access.ts";

/** The links that the team wrote into its settings. */
export function pinnedLinks({ links }: Pick<Settings, "links">): PinnedLinks {
  const accounts = new Map(links.map(({ slack, github }) => [slack, github]));
  const people = new Map(links.map(({ slack, github }) => [github.id, slack]));
  return { of: (slackUser) => accounts.get(slackUser), slackUserOf: (accountId) => people.get(accountId) };
}
