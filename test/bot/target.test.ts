import { describe, expect, it } from "vitest";
import type { Delivery } from "../../src/bot/delivery.ts";
import { asSeenFrom, resolveTarget } from "../../src/bot/target.ts";
import type { TargetRef } from "../../src/commands/grammar/target.ts";
import { Settings } from "../../src/config/settings.ts";
import { UserError } from "../../src/errors.ts";

const settings = Settings.parse({ channels: [{ id: "C0000001", repositories: ["acme/shop", "acme/till"] }] });
const inSlack = { surface: "slack", channel: "C0000001" } as Delivery;
const onPull = { surface: "github", repository: "acme/shop", place: { kind: "pull_request", number: 4 } } as Delivery;

function offers(text: string, named: TargetRef | undefined, mayOffer = true): readonly string[] {
  try {
    resolveTarget(inSlack, named, settings, { text, mayOffer });
  } catch (error) {
    if (error instanceof UserError) return error.actions.map(({ command }) => command);
  }
  throw new Error("It was not refused.");
}

describe("a channel that is bound to several repositories", () => {
  it("offers the command as it was typed, with each repository", () => {
    expect(offers("cancel CI #2", { pullRequest: 2 })).toEqual(["cancel CI acme/shop#2", "cancel CI acme/till#2"]);
    expect(offers("retry-job --failed --debug @main", { ref: "main" })[0]).toBe("retry-job --failed --debug acme/shop@main");
    expect(offers("status main", { ref: "main" })[0]).toBe("status acme/shop@main");
    expect(offers("status", undefined)[0]).toBe("status acme/shop@");
  });

  it("offers no change where no place was named: a click would do more than was meant", () => {
    expect(offers("cancel", undefined, false)).toEqual([]);
  });
});

describe("a comment on a pull request", () => {
  it("is about that pull request, unless it names another place, the default branch too", () => {
    const target = (named: TargetRef | undefined) => resolveTarget(onPull, named, settings, { text: "status", mayOffer: true });

    expect(target(undefined)).toMatchObject({ pullRequest: 4 });
    expect(target({ repository: "acme/shop" })).toEqual({ repository: "acme/shop", isHome: true });
  });
});

describe("what is confirmed where it was not asked for", () => {
  const shop = { repository: "acme/shop", pullRequest: 4, isHome: true };

  it("is at home in Slack only where the channel is bound to it", () => {
    const elsewhere = { surface: "slack", channel: "C0000002" } as Delivery;

    expect(asSeenFrom(inSlack, shop, settings)).toEqual(shop);
    expect(asSeenFrom(elsewhere, shop, settings)).toEqual({ ...shop, isHome: false });
  });

  it("is nothing to speak of on GitHub in another repository", () => {
    const elsewhere = { ...onPull, repository: "acme/open" } as Delivery;

    expect(asSeenFrom(onPull, shop, settings)).toEqual(shop);
    expect(() => asSeenFrom(elsewhere, shop, settings)).toThrow("Here I speak of acme/open only.");
  });
});
