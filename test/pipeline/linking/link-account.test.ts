import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { linkAccount, type Proof, previewLink } from "../../../src/pipeline/linking/link-account.ts";
import { type EmbeddedState, openEmbedded } from "../../../src/state/embedded/open.ts";
import { createLinks } from "../../../src/state/links.ts";
import { pinnedLinks } from "../../../src/state/pinned-links.ts";

let state: EmbeddedState;
beforeEach(async () => {
  state = await openEmbedded({ file: ":memory:" });
});
afterEach(() => state.close());

const aProof = (changes: Partial<Proof> = {}): Proof => ({
  id: "7",
  person: { team: "T1", user: "UA" },
  personName: "ada",
  account: { id: 1, login: "ada" },
  ...changes,
});

const pinned = pinnedLinks({ links: [{ slack: "UP", github: { id: 9, login: "pinned" } }] });
const needs = () => ({ records: state.records, links: createLinks(pinned, state.records), now: () => 1_764_000_000_000 });
const job = { id: "after", task: "answer", payload: null };
const audit = () => state.records.transaction((tx) => tx.audit.latest(10));
const message = (key: string) => state.records.transaction((tx) => tx.outbox.find(key));
const addedAgain = () => state.records.transaction((tx) => tx.queue.add(job));

describe("linking an account", () => {
  it("stores link, audit row, news and what waited for it together", async () => {
    expect(await linkAccount(aProof(), job, needs())).toEqual({ kind: "linked" });

    expect(await needs().links.of("UA")).toEqual({ id: 1, login: "ada" });
    expect(await audit()).toMatchObject([
      { intent: "link:7", actor: "slack:T1/UA", text: "link github:1", outcome: "done", reason: "linked" },
    ]);
    expect((await message("linked:7"))?.address).toEqual({ surface: "slack_post", to: { user: "UA" } });
    expect(await addedAgain()).toBe("known");
  });

  it("changes nothing when a crash makes it come twice, even after an unlink", async () => {
    await linkAccount(aProof(), job, needs());
    await state.records.transaction(({ links }) => links.remove("UA"));

    await linkAccount(aProof(), job, needs());

    expect(await needs().links.of("UA")).toBeUndefined();
    expect(await audit()).toHaveLength(1);
    expect((await message("linked:7"))?.version).toBe(1);
  });

  it.each<[string, Proof, Proof]>([
    [
      "another person's account was refused for",
      aProof({ person: { team: "T1", user: "UB" } }),
      aProof({ account: { id: 2, login: "bo" } }),
    ],
    ["another account was linked by", aProof({ id: "8" }), aProof({ id: "8", account: { id: 2, login: "bo" } })],
  ])("claims no link by an invitation that %s, in a second browser", async (_, first, second) => {
    await linkAccount(aProof({ id: "0" }), undefined, needs());
    await linkAccount(first, undefined, needs());

    expect(await linkAccount(second, job, needs())).toEqual({ kind: "used" });

    expect(await needs().links.slackUserOf(2)).toBeUndefined();
    expect(await addedAgain()).toBe("added");
  });

  it("does nothing by being previewed", async () => {
    expect(await previewLink(aProof(), needs())).toEqual({ kind: "linked" });

    expect(await needs().links.of("UA")).toBeUndefined();
    expect(await audit()).toEqual([]);
  });

  it.each<[string, Partial<Proof>, string, string | undefined]>([
    ["an account that is another person's", { person: { team: "T1", user: "UB" } }, "account_taken", "UA"],
    ["an account that is pinned", { account: { id: 9, login: "pinned" } }, "account_pinned", "UP"],
    ["a person who is pinned", { person: { team: "T1", user: "UP" } }, "person_pinned", "UA"],
  ])("refuses %s, records it once and tells the owner", async (_, changes, kind, owner) => {
    await linkAccount(aProof({ id: "0" }), undefined, needs());
    const proof = aProof(changes);

    const ends = [await previewLink(proof, needs()), await linkAccount(proof, job, needs())];

    expect(ends).toEqual([{ kind }, { kind }]);
    expect((await audit()).map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ["refused", kind],
      ["done", "linked"],
    ]);
    expect((await message("link-refused:7"))?.address).toEqual({ surface: "slack_post", to: { user: owner } });
    expect(await addedAgain()).toBe("added");
    expect(await needs().links.slackUserOf(1)).toBe("UA");
  });
});
