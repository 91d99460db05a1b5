import type { Settings } from "../config/settings.ts";
import type { Links } from "../pipeline/access.ts";

/** The links that the team wrote into its settings. */
export function pinnedLinks({ links }: Settings): Links {
  const accounts = new Map(links.map(({ slack, github }) => [slack, github]));
  const people = new Map(links.map(({ slack, github }) => [github.id, slack]));
  return { of: async (slackUser) => accounts.get(slackUser), slackUserOf: async (accountId) => people.get(accountId) };
}
