import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { eventually } from "../eventually.ts";
import { aVisitor, type Visited, type Visitor } from "./visitor.ts";
import { startWorld, type Who, type World, wordsIn } from "./world.ts";

let world: World;
beforeAll(async () => {
  // Grace's link is pinned; everybody else links by themselves.
  world = await startWorld({
    settings: ({ slack, github }) => ({
      cooldownSeconds: 0,
      links: [{ slack: slack.people.grace.id, github: accountOf(github.people.grace) }],
    }),
  });
});
afterAll(() => world.close());

const accountOf = ({ id, login }: { id: number; login: string }) => ({ id, login });

/** The newest message that this person sees with a button that opens a page. */
const buttonUrl = (who: Who, channel = "ci") =>
  world.slack
    .transcript(channel, who)
    .findLast(({ actions }) => actions.some(({ url }) => url))
    ?.actions.find(({ url }) => url)?.url;

async function invite(who: Who): Promise<string> {
  await world.ask(who, "link");
  return buttonUrl(who) ?? "";
}

/** Signs in at the sandbox's GitHub; gives the page that GitHub sent the person back to. */
async function signIn(visitor: Visitor, url: string, login: string, decision = "approve"): Promise<Visited> {
  return visitor.submit(await visitor.go(url), { login, decision });
}

/** The whole of it. */
async function linkAs(who: Who, login: string): Promise<Visited> {
  const visitor = aVisitor();
  return visitor.submit(await signIn(visitor, await invite(who), login));
}

const told = (who: Who, words: string) =>
  eventually(() => world.slack.transcript("dm", who).find(({ blocks }) => wordsIn(blocks).includes(words)));

const isLinkedTo = async (who: Who) => /On GitHub: \n(\S+) \(id/.exec(await world.ask(who, "whoami"))?.[1];

describe("linking by oneself", () => {
  beforeEach(async () => {
    for (const who of ["ada", "ravi", "uma"] as const) await world.ask(who, "unlink");
  });

  it("makes a person in Slack the account that they signed in to GitHub with", async () => {
    expect(await world.ask("uma", "whoami")).toContain("not linked");
    const visitor = aVisitor();
    const question = await signIn(visitor, await invite("uma"), "uma");
    expect(question.text).toContain("Is uma in Slack you?");
    expect(question.text).toContain(`the Slack person uma (${world.slack.people.uma.id}) is uma to me`);
    expect(await isLinkedTo("uma")).toBeUndefined();

    const end = await visitor.submit(question);

    expect({ status: end.status, text: end.text }).toMatchObject({
      status: 200,
      text: expect.stringContaining("Linked: Slack uma is GitHub uma."),
    });
    expect(await isLinkedTo("uma")).toBe("uma");
    const news = await told("uma", "You are uma on GitHub to me now");
    expect(news.actions.map(({ label, value }) => [label, value])).toEqual([["Unlink", "unlink"]]);
  });

  it("keeps no token: it is given back as soon as GitHub has said who it is", async () => {
    const visitor = aVisitor();
    await signIn(visitor, await invite("uma"), "uma");

    expect(world.github.signInTokens()).toBe(0);
    expect(world.github.calls().some(({ name }) => name.startsWith("DELETE /applications/"))).toBe(true);
    expect(world.log()).not.toContain("ghu_");
  });

  it("asks for no scope, and proves by PKCE that the code was meant for us", async () => {
    const url = new URL((await aVisitor().peek(await invite("uma"))) ?? "");

    expect(url.pathname).toBe("/login/oauth/authorize");
    expect([...url.searchParams.keys()].sort()).toEqual(["client_id", "code_challenge", "code_challenge_method", "redirect_uri", "state"]);
    expect(url.searchParams.get("code_challenge_method")).toBe("S256");
  });

  it("shows pages that run nothing, are kept nowhere and cannot be framed", async () => {
    const visitor = aVisitor();
    const question = await signIn(visitor, await invite("uma"), "uma");
    const failure = await aVisitor().go(`${world.bot.url}/github/oauth/start?state=x`);

    for (const { headers } of [question, failure]) {
      expect(headers.get("content-security-policy")).toMatch(
        /^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'; frame-ancestors 'none'; form-action/,
      );
      expect(headers.get("cache-control")).toBe("no-store");
      expect(headers.get("referrer-policy")).toBe("no-referrer");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
    }
    expect(question.body).toMatch(/<html lang="en">.*name="viewport"/);
  });

  it("keeps the browser's part in a cookie that no script reads", async () => {
    const response = await fetch(await invite("uma"), { redirect: "manual" });

    expect(response.headers.get("set-cookie")).toMatch(/^nextrust-linking=[\w-]{43}; Path=\/; Max-Age=600; HttpOnly; SameSite=Lax$/);
  });

  it("takes the place of the link before, and says so", async () => {
    await linkAs("uma", "uma");
    expect(await world.ask("uma", "link")).toContain("You are uma on GitHub; another account takes its place.");

    const visitor = aVisitor();
    const question = await signIn(visitor, buttonUrl("uma") ?? "", "sam");
    await visitor.submit(question);

    expect(question.text).toContain("It takes the place of uma.");
    expect(await isLinkedTo("uma")).toBe("sam");
    await told("uma", "It takes the place of uma.");
  });

  it("leaves an account with the person who has it, and tells them", async () => {
    await linkAs("ada", "ada");

    const visitor = aVisitor();
    const page = await signIn(visitor, await invite("uma"), "ada");

    expect(page.status).toBe(409);
    expect(page.text).toContain("This GitHub account is linked to another person in Slack.");
    expect(page.text).toContain("/ci unlink in Slack as that person, or write /ci-unlink in a pull request as this account");
    expect(await isLinkedTo("ada")).toBe("ada");
    expect(await isLinkedTo("uma")).toBeUndefined();
    await told("ada", "Somebody signed in to GitHub as ada, your account, to link it to uma");
  });

  it("leaves to the maintainers what they wrote down", async () => {
    const page = await signIn(aVisitor(), await invite("uma"), "grace");

    expect(page.text).toContain("A maintainer has written down whose GitHub account this is.");
    expect(await world.ask("grace", "link")).toContain("A maintainer wrote that into config/nextrust.yml");
    expect(await world.ask("grace", "unlink")).toContain(
      "A maintainer wrote this link into config/nextrust.yml, and can take it out there.",
    );
    await told("grace", "Somebody signed in to GitHub as grace");
  });

  it("ends at once by unlink, whatever role was just looked up", async () => {
    await linkAs("ada", "ada");
    expect(await world.ask("ada", "status nextrust/secret@", "random")).toContain("main:");

    expect(await world.ask("ada", "unlink")).toContain("ada is no longer linked to anybody in Slack.");

    expect(await world.ask("ada", "status nextrust/secret@", "random")).toContain("you are not linked");
    expect(await world.ask("ada", "unlink")).toContain("There is no link to end.");
  });

  it("can be ended from GitHub by the account, and the person in Slack is told", async () => {
    await linkAs("uma", "sam");

    expect(await world.comment("sam", world.github.pulls.red, "/ci-unlink")).toContain("sam is no longer linked to anybody in Slack.");

    expect(await isLinkedTo("uma")).toBeUndefined();
    await told("uma", "sam ended the link to you, on GitHub.");
  });

  it("is explained on GitHub, where everybody is known already", async () => {
    expect(await world.comment("ada", world.github.pulls.green, "/ci-link")).toContain("give me the command link there");
  });

  it("outlives a restart", async () => {
    await linkAs("uma", "uma");
    await world.restart();

    expect(await isLinkedTo("uma")).toBe("uma");
  });

  it.each(["whoami", "help"])("is offered by %s to the unlinked alone", async (command) => {
    await linkAs("ravi", "ravi");
    await world.ask("uma", command);
    await world.ask("ravi", command);

    const offers = (who: Who) =>
      world.slack
        .transcript("ci", who)
        .at(-1)
        ?.actions.map(({ label }) => label);
    expect(offers("uma")).toContain("Link my GitHub account");
    expect(offers("ravi")).not.toContain("Link my GitHub account");
  });

  it("needs no answer in Slack when its button is pressed: the page is the answer", async () => {
    await invite("uma");
    const message = world.slack.transcript("ci", "uma").at(-1);

    const { status } = await world.slack.click({ as: "uma", messageId: message?.id ?? "", actionId: message?.actions[0]?.actionId ?? "" });

    expect(status).toBe(200);
    expect(await world.ask("uma", "whoami")).toContain("not linked");
    expect(world.slack.transcript("ci", "uma").filter(({ order }) => order > (message?.order ?? 0))).toHaveLength(2);
  });
});
