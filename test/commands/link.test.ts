import { describe, expect, it } from "vitest";
import type { Actor, Context } from "../../src/commands/command.ts";
import { link } from "../../src/commands/link.ts";
import { howToLink } from "../../src/commands/link-action.ts";
import type { Links } from "../../src/pipeline/access.ts";

const account = { id: 1, login: "ada" };
const inSlack: Actor = { key: "slack:T1/UA", name: "ada", surface: "slack", slack: { team: "T1", user: "UA" } };
const onGitHub: Actor = { key: "github:1", name: "ada", surface: "github", account };
const links = (pinned?: typeof account): Links => ({
  of: async () => pinned,
  slackUserOf: async () => undefined,
  pinned: { of: () => pinned, slackUserOf: () => undefined },
});
const invitations = { invite: ({ user }: { user: string }, id = "") => `https://ci.example/${user}${id}` };
const run = (actor: Actor, services: Parameters<typeof link.run>[2]) => link.run(undefined, { actor, prefix: "/ci " } as Context, services);

describe("link", () => {
  it("gives the asker alone a page of their own", async () => {
    const { audience, actions } = await run(inSlack, { links: links(), invitations });

    expect(audience).toBe("asker");
    expect(actions).toMatchObject([{ label: "Link my GitHub account", command: "link", privateUrl: "https://ci.example/UA" }]);
  });

  it.each([
    ["where linking is off", inSlack, { links: links(), invitations: undefined }, "linking_is_off"],
    ["on GitHub", onGitHub, { links: links(), invitations }, "is_on_github"],
    ["to whom a maintainer linked", { ...inSlack, account }, { links: links(account), invitations }, "is_pinned"],
  ])("is no use %s, and says who can help", async (_, actor, services, reason) => {
    await expect(run(actor, services)).rejects.toMatchObject({ outcome: "not_applicable", reason });
  });

  it("is what the unlinked are told to use, where it is on", () => {
    expect(howToLink("/ci ", invitations)).toBe("Link it with /ci link first.");
    expect(howToLink("/ci ", undefined)).toBe("A maintainer can link you in config/nextrust.yml.");
  });
});
