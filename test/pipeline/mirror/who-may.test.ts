import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ServiceError } from "../../../src/errors.ts";
import { switched } from "../../../src/pipeline/mirror/thread.ts";
import { us } from "./fake-github.ts";
import { botUser } from "./fake-slack.ts";
import { startMirrorWorld } from "./mirror-world.ts";

type World = Awaited<ReturnType<typeof startMirrorWorld>>;
let world: World;
let allIsWell: World["facts"];
let root: string;
beforeAll(async () => {
  world = await startMirrorWorld();
  allIsWell = { ...world.facts };
  world.github.say("The first comment");
  await world.settle();
  root = world.root()?.ts ?? "";
});
beforeEach(() => void Object.assign(world.facts, allIsWell));
afterAll(() => world.close());

let words = 0;
const someWords = () => `words ${words++} end`;
const isOnGitHub = (text: string) => [...world.github.comments.values()].some(({ user, body }) => user === us && body.includes(text));
const isInSlack = (text: string) =>
  [...world.slack.messages.values()].some(({ user, blocks }) => user === botUser && JSON.stringify(blocks).includes(text));

describe("a reply in the thread", () => {
  it.each([
    ["a member who is linked", {}, true],
    ["in a private channel, of a private repository", { channel: { kind: "internal", isPrivate: true }, isPrivate: true }, true],
    ["in a public channel, of a private repository", { isPrivate: true }, true],
    ["in a private channel, of a public repository", { channel: { kind: "internal", isPrivate: true } }, false],
    ["in a channel shared with another workspace", { channel: { kind: "shared", isPrivate: false } }, false],
    ["in a channel that we do not see", { channel: { kind: "unseen", isPrivate: true } }, false],
    ["a guest", { member: { name: "gil", kind: "guest" } }, false],
    ["somebody of another workspace", { member: { name: "fay", kind: "foreign" } }, false],
    ["another bot", { member: { name: "hubot", kind: "bot" } }, false],
    ["somebody unlinked", { account: undefined }, false],
    ["somebody who cannot see the repository", { role: "none" }, false],
  ] as const)("of %s", async (_, facts, isPassedOn) => {
    Object.assign(world.facts, facts);
    const text = someWords();

    world.slack.say(text, root, `U${1_000_000 + words}`);
    await world.settle();

    expect(isOnGitHub(text)).toBe(isPassedOn);
  });

  it("of a guest goes through where the settings allow them", async () => {
    Object.assign(world.facts, { member: { name: "gil", kind: "guest" } });
    const text = someWords();

    world.slack.say(text, root, "U0GUESTOK");
    await world.settle();

    expect(isOnGitHub(text)).toBe(true);
  });

  it("waits where GitHub cannot tell the role, and goes through when it can", async () => {
    world.facts.role = new ServiceError("GitHub has trouble answering.", { service: "GitHub", retryable: true, retryAfterMs: 5_000 });
    const text = someWords();

    world.slack.say(text, root);
    await world.pass(0);
    expect(isOnGitHub(text)).toBe(false);
    world.facts.role = "read";
    await world.settle();

    expect(isOnGitHub(text)).toBe(true);
  });

  it("that was not passed on is not passed on by an edit either", async () => {
    world.facts.account = undefined;
    const { ts } = world.slack.say(someWords(), root, "U0000009");
    await world.settle();
    Object.assign(world.facts, allIsWell);
    const text = someWords();

    world.slack.edit(ts, text);
    await world.settle();

    expect(isOnGitHub(text)).toBe(false);
  });
});

describe("a reply in the thread of a pull request whose conversation is locked", () => {
  it.each([
    ["read", false],
    ["write", true],
  ] as const)("of somebody who may %s", async (role, isPassedOn) => {
    world.github.lock.isOn = true;
    world.github.say("Locked now");
    await world.settle();
    world.facts.role = role;
    const text = someWords();

    world.slack.say(text, root, `U00000${role}`);
    await world.settle();
    world.github.lock.isOn = false;
    world.github.say("Open again");
    await world.settle();

    expect(isOnGitHub(text)).toBe(isPassedOn);
    expect(world.slack.whispers.some(({ user }) => user === `U00000${role}`)).toBe(!isPassedOn);
  });
});

describe("a repository that becomes public", () => {
  it("is no longer mirrored to a private channel, which is told once; and goes on when it is private again", async () => {
    Object.assign(world.facts, { channel: { kind: "internal", isPrivate: true }, isPrivate: true });
    const [before, during, after] = [someWords(), someWords(), someWords()];
    const copy = world.github.say(before);
    await world.settle();
    world.facts.isPrivate = false;
    world.github.say(during);
    world.slack.say(during, root);
    world.github.remove(copy.id);
    await world.settle();
    world.facts.isPrivate = true;
    world.slack.say(after, root);
    await world.settle();

    expect([isInSlack(during), isOnGitHub(during), isOnGitHub(after)]).toEqual([false, false, true]);
    expect(isInSlack(before), "what is deleted goes all the same").toBe(false);
    const notices = [...world.slack.messages.values()].filter(({ blocks }) => JSON.stringify(blocks).includes("everyone can read it"));
    expect(notices).toHaveLength(1);
  });
});

describe("a channel that we do not see", () => {
  it("is named to the fallback channel once, and nothing else of it", async () => {
    Object.assign(world.facts, { channel: { kind: "unseen", isPrivate: true } });
    const text = someWords();
    const told = () => [...world.slack.messages.values()].filter(({ blocks }) => JSON.stringify(blocks).includes("which I cannot see"));

    world.github.say(text);
    world.github.say(text);
    await world.settle();

    expect(told()).toHaveLength(1);
    expect(isInSlack(text)).toBe(false);
  });
});

describe("a delivery that comes long after", () => {
  it("is no flood, however much its author said since", async () => {
    const world = await startMirrorWorld({ journey: () => ({ late: late.shift() ?? 0, times: 1 }) });
    const late = [1_000];
    world.github.say("The first, which comes last");
    for (let said = 0; said < 22; said++) {
      world.github.say("And more");
      await world.pass(60_000);
    }
    await world.settle();

    expect(JSON.stringify([...world.slack.messages.values()])).toContain("The first, which comes last");
    expect(JSON.stringify(world.root()?.blocks)).not.toContain("two bots");
    await world.close();
  });
});

describe("two bots that pass on what they hear", () => {
  it("come to an end although the other one speaks as a person", async () => {
    const echoes = new Set<string>();
    const another = { id: 99, login: "mirror-mirror", type: "User" };
    const before = world.github.comments.size;
    world.github.say("Round and round");

    for (let idle = 0; idle < 20; idle++) {
      await world.pass(500);
      for (const { ts, user, blocks } of [...world.slack.messages.values()]) {
        if (user !== botUser || echoes.has(ts) || !JSON.stringify(blocks).includes("Round and round")) continue;
        idle = 0;
        echoes.add(ts);
        world.github.say("Round and round, says the other side", another);
      }
    }
    await world.settle();

    expect(world.github.comments.size - before).toBeLessThan(70);
    expect(JSON.stringify(world.root()?.blocks)).toContain("two bots must be talking");

    await world.state.records.transaction(async (tx) => {
      const stopped = await tx.mirrors.thread("acme/shop#12");
      if (stopped) await tx.mirrors.putThread(switched(stopped, "on", world.now()));
    });
    const text = someWords();
    world.github.say(text, another);
    await world.settle();
    expect(isInSlack(text), "switched on again, it goes on").toBe(true);
  });
});
