import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type EmbeddedState, openEmbedded } from "../../src/state/embedded/open.ts";
import { createLinks } from "../../src/state/links.ts";
import { pinnedLinks } from "../../src/state/pinned-links.ts";

let state: EmbeddedState;
beforeAll(async () => {
  state = await openEmbedded({ file: ":memory:" });
  for (const [user, id] of [
    ["UA", 1],
    ["UB", 2],
    ["UC", 3],
  ] as const) {
    const link = { person: { team: "T1", user }, account: { id, login: `stored-${id}` }, linkedAt: 0, checkedAt: 0 };
    await state.records.transaction(({ links }) => links.put(link));
  }
});
afterAll(() => state.close());

describe("all links", () => {
  // Stored: A is 1, B is 2, C is 3. Pinned: A is 9, and 3 is D's.
  const all = () =>
    createLinks(
      pinnedLinks({
        links: [
          { slack: "UA", github: { id: 9, login: "pinned-9" } },
          { slack: "UD", github: { id: 3, login: "pinned-3" } },
        ],
      }),
      state.records,
    );

  it.each<[string, number | undefined, string]>([
    ["UA", 9, "a pinned one wins over what its person made"],
    ["UB", 2, "a stored one counts where nothing is pinned"],
    ["UC", undefined, "a stored one is void when its account is pinned to somebody else"],
    ["UD", 3, "a pinned one needs no stored one"],
    ["UE", undefined, "others have none"],
  ])("of %s: %s, for %s", async (user, id) => {
    expect((await all().of(user))?.id).toBe(id);
  });

  it.each([
    [9, "UA"],
    [1, undefined],
    [2, "UB"],
    [3, "UD"],
    [4, undefined],
  ])("the person of account %d is %s", async (id, user) => {
    expect(await all().slackUserOf(id)).toBe(user);
  });
});
