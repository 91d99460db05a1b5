import type { Links, PinnedLinks } from "../pipeline/access.ts";
import type { Records } from "../pipeline/records.ts";

/** All links: a pinned one voids whatever else is stored about its person or its account. */
export function createLinks(pinned: PinnedLinks, { transaction }: Records): Links {
  return {
    pinned,

    async of(slackUser) {
      const fixed = pinned.of(slackUser);
      if (fixed) return fixed;
      const stored = await transaction(({ links }) => links.find(slackUser));
      return stored && pinned.slackUserOf(stored.account.id) === undefined ? stored.account : undefined;
    },

    async slackUserOf(accountId) {
      const fixed = pinned.slackUserOf(accountId);
      if (fixed !== undefined) return fixed;
      const stored = await transaction(({ links }) => links.findByAccount(accountId));
      return stored && !pinned.of(stored.person.user) ? stored.person.user : undefined;
    },
  };
}
