import { createHmac } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { openEmbedded } from "../../src/state/embedded/open.ts";
import { aVisitor, type Visited, type Visitor } from "./visitor.ts";
import { startWorld, type Who, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld({ settings: () => ({ links: [], cooldownSeconds: 0 }) });
});
afterAll(() => world.close());
afterEach(() => {
  vi.restoreAllMocks();
  world.github.clearFaults();
});

async function invite(who: Who): Promise<string> {
  await world.ask(who, "link");
  return world.slack.transcript("ci", who).at(-1)?.actions[0]?.url ?? "";
}

const signIn = async (visitor: Visitor, url: string, login: string, decision = "approve"): Promise<Visited> =>
  visitor.submit(await visitor.go(url), { login, decision });

/** Where GitHub would send the person back to, without going there. */
async function callbackOf(visitor: Visitor, url: string, login: string): Promise<string> {
  const page = await visitor.go(url);
  const body = new URLSearchParams({ login, decision: "approve" }).toString();
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  return (await fetch(page.url, { method: "POST", body, headers, redirect: "manual" })).headers.get("location") ?? "";
}

const isLinked = async (who: Who) => !(await world.ask(who, "whoami")).includes("not linked");

function laterBy(minutes: number): void {
  const now = Date.now.bind(Date);
  vi.spyOn(Date, "now").mockImplementation(() => now() + minutes * 60_000);
}

/** Another signature over the same words, or other words under the same signature. */
const forgeries: readonly (readonly [string, (state: string) => string])[] = [
  ["no state", () => ""],
  ["not a state", () => "%00.<script>"],
  ["the words without a signature", (state) => state.split(".")[0] ?? ""],
  ["an empty signature", (state) => `${state.split(".")[0]}.`],
  [
    "another secret's signature",
    (state) =>
      `${state.split(".")[0]}.${createHmac("sha256", "guess")
        .update(`linking.${state.split(".")[0]}`)
        .digest("base64url")}`,
  ],
  [
    "other words",
    (state) => {
      const [body = "", mac] = state.split(".");
      const words = JSON.parse(Buffer.from(body, "base64url").toString());
      words.person.user = "U0VICTIM";
      return `${Buffer.from(JSON.stringify(words)).toString("base64url")}.${mac}`;
    },
  ],
  ["something behind it", (state) => `${state}.x`],
];

describe("a linking", () => {
  it.each(forgeries)("does not begin with %s", async (_, forge) => {
    const url = new URL(await invite("uma"));
    url.searchParams.set("state", forge(url.searchParams.get("state") ?? ""));

    const response = await fetch(url, { redirect: "manual" });

    expect(response.status).toBe(400);
    expect(response.headers.get("set-cookie")).toBeNull();
    expect(await response.text()).toContain("This link is not whole, or not mine.");
  });

  it.each(forgeries)("does not go on with %s", async (_, forge) => {
    const visitor = aVisitor();
    const callback = new URL(await callbackOf(visitor, await invite("uma"), "uma"));
    callback.searchParams.set("state", forge(callback.searchParams.get("state") ?? ""));

    expect((await visitor.go(callback.href)).status).toBe(400);
    expect(await isLinked("uma")).toBe(false);
  });

  it("takes no state of another step", async () => {
    const visitor = aVisitor();
    const start = await invite("uma");
    const callback = await callbackOf(visitor, start, "uma");
    const state = (url: string) => new URL(url).searchParams.get("state") ?? "";

    const pages = [
      await visitor.go(`${world.bot.url}/github/oauth/callback?code=1&state=${encodeURIComponent(state(start))}`),
      await visitor.go(`${world.bot.url}/github/oauth/start?state=${encodeURIComponent(state(callback))}`),
    ];

    expect(pages.map(({ status }) => status)).toEqual([400, 400]);
  });

  it("is over after ten minutes, in each of its steps", async () => {
    const visitor = aVisitor();
    const start = await invite("uma");
    const callback = await callbackOf(visitor, start, "uma");
    const other = aVisitor();
    const question = await signIn(other, start, "uma");

    laterBy(11);

    for (const page of [await visitor.go(start), await visitor.go(callback), await other.submit(question)]) {
      expect(page.status).toBe(410);
      expect(page.text).toContain("This link is older than ten minutes.");
      expect(page.text).toContain("Type /ci link in Slack for a new one.");
    }
    vi.restoreAllMocks();
    expect(await isLinked("uma")).toBe(false);
  });

  it("works once: neither its link, nor its callback, nor its button does it again", async () => {
    const visitor = aVisitor();
    const start = await invite("ravi");
    const callback = await callbackOf(visitor, start, "ravi");
    const question = await visitor.go(callback);
    const again = await visitor.go(callback);
    const cookies = new Map(visitor.cookies);
    await visitor.submit(question);
    for (const [name, value] of cookies) visitor.cookies.set(name, value);

    const pages = [again, await visitor.submit(question), await visitor.go(start)];

    expect(pages.map(({ status }) => status)).toEqual([410, 410, 410]);
    expect(pages[2]?.text).toContain("It works once. Type /ci whoami in Slack to see who I take you for");
  });

  it("goes on only in the browser that began it", async () => {
    const mine = aVisitor();
    const callback = await callbackOf(mine, await invite("uma"), "uma");
    const stranger = aVisitor();
    const other = aVisitor();
    await callbackOf(other, await invite("uma"), "sam");

    for (const visitor of [stranger, other]) {
      const page = await visitor.go(callback);
      expect(page.status).toBe(403);
      expect(page.text).toContain("This was begun in another browser");
    }
    expect(await isLinked("uma")).toBe(false);
  });

  it("is not confirmed from another browser, nor by another site's form", async () => {
    const mine = aVisitor();
    const question = await signIn(mine, await invite("uma"), "uma");
    const body = `state=${encodeURIComponent(/name="state" value="([^"]+)"/.exec(question.body)?.[1] ?? "")}`;
    const cookie = [...mine.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const confirm = (headers: Record<string, string>) =>
      fetch(`${world.bot.url}/github/oauth/confirm`, {
        method: "POST",
        body,
        headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
      });

    expect((await aVisitor().submit(question)).status).toBe(403);
    expect((await confirm({ cookie, "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect((await confirm({})).status).toBe(403);
    expect(await isLinked("uma")).toBe(false);
  });

  it("that somebody else sent names whom it is for, and is nothing before the visitor's word", async () => {
    // Ravi sends his own link to Ada, who is signed in to GitHub.
    const ada = aVisitor();
    const question = await signIn(ada, await invite("ravi"), "ada");

    expect(question.text).toContain("Is ravi in Slack you?");
    expect(question.text).toContain("the Slack person ravi");
    expect(question.text).toContain("may do through me whatever ada may do");
    expect(question.text).toContain("Did somebody send you here, or are you not ravi? Then close this page: nothing is linked.");
    expect(await world.ask("ravi", "whoami")).not.toContain("ada (id");
  });

  it("is not made by a GET", async () => {
    const visitor = aVisitor();
    const question = await signIn(visitor, await invite("uma"), "uma");
    const state = /name="state" value="([^"]+)"/.exec(question.body)?.[1] ?? "";

    expect((await visitor.go(`${world.bot.url}/github/oauth/confirm?state=${encodeURIComponent(state)}`)).status).toBe(405);
    expect(await isLinked("uma")).toBe(false);
  });

  it("that the person denied at GitHub changes nothing and says how to try again", async () => {
    const page = await signIn(aVisitor(), await invite("uma"), "uma", "deny");

    expect(page.status).toBe(403);
    expect(page.text).toContain("You did not let GitHub tell me who you are.");
    expect(page.text).toContain("type /ci link in Slack");
  });

  it("fails with a code that GitHub does not know, or knew already", async () => {
    const visitor = aVisitor();
    const callback = new URL(await callbackOf(visitor, await invite("uma"), "uma"));
    callback.searchParams.set("code", "0123456789abcdef0123");

    const page = await visitor.go(callback.href);

    expect({ status: page.status, text: page.text }).toMatchObject({
      status: 400,
      text: expect.stringContaining("GitHub did not know the code"),
    });
  });

  it("takes no code that was made for another session: the verifier does not fit", async () => {
    const [mine, theirs] = [aVisitor(), aVisitor()];
    const stolen = new URL(await callbackOf(theirs, await invite("uma"), "ada")).searchParams.get("code") ?? "";
    const callback = new URL(await callbackOf(mine, await invite("uma"), "uma"));
    callback.searchParams.set("code", stolen);

    expect((await mine.go(callback.href)).status).toBe(400);
    expect(world.github.signInTokens()).toBe(0);
  });

  it.each<[string, RegExp, number]>([
    ["will not give a token", /access_token/, 502],
    ["will not say who it is", /^GET \/user$/, 500],
  ])("goes on after a reload when GitHub %s at first, and nothing is half done", async (_, call, status) => {
    const visitor = aVisitor();
    const start = await invite("uma");
    world.github.fail(call, { status }, 1);

    const page = await signIn(visitor, start, "uma");

    expect(page.status).toBe(503);
    expect(page.text).toContain("GitHub does not answer just now.");
    expect(await isLinked("uma")).toBe(false);
    expect(world.github.signInTokens()).toBe(0);
    // The same link, from the start.
    expect((await signIn(visitor, start, "uma")).text).toContain("Is uma in Slack you?");
  });

  it("goes on after a reload when Slack was away", async () => {
    const visitor = aVisitor();
    const callback = await callbackOf(visitor, await invite("uma"), "uma");
    const state = await openEmbedded({ file: world.stateFile });
    await state.keys.set(`member:${world.slack.people.uma.id}`, null, 0);
    await state.close();
    world.slack.fail(/users\.info/, { status: 503, times: 1 });

    const away = await visitor.go(callback);

    expect(away.status).toBe(503);
    expect(away.text).toContain("Slack does not answer just now.");
    expect((await visitor.go(callback)).text).toContain("Is uma in Slack you?");
  });

  it("says so when it is set up wrongly, and the log says what GitHub disliked", async () => {
    const visitor = aVisitor();
    world.github.fail(/access_token/, { status: 200, body: { error: "incorrect_client_credentials" } }, 1);

    expect((await signIn(visitor, await invite("uma"), "uma")).text).toContain("Tell whoever runs this bot");
    expect(world.log()).toContain("incorrect_client_credentials");
  });

  it("shows hostile names as text", async () => {
    world.github.renameAccount("sam", '<img src=x onerror="alert(1)">&\'');
    const visitor = aVisitor();

    const question = await visitor.go(await callbackOf(visitor, await invite("uma"), '<img src=x onerror="alert(1)">&\''));

    expect(question.body).not.toContain("<img");
    expect(question.body).toContain("&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&amp;&#39;");
    world.github.renameAccount('<img src=x onerror="alert(1)">&\'', "sam");
  });

  it("is begun by no guest", async () => {
    expect(await world.ask("gil", "link")).toContain("Guests cannot use me here.");
  });

  it("lets no one fill our memory with its form", async () => {
    const response = await fetch(`${world.bot.url}/github/oauth/confirm`, { method: "POST", body: "x".repeat(100_000) }).catch(
      () => undefined,
    );

    expect(response?.status ?? 400).toBe(400);
  });

  it("leaves no link in the log", () => {
    expect(world.log()).not.toContain("/github/oauth/start?");
  });
});
