import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defineCommand } from "../../src/commands/command.ts";
import { parseTarget } from "../../src/commands/grammar/target.ts";
import { commands } from "../../src/commands/index.ts";
import { ServiceError } from "../../src/errors.ts";
import { done, text } from "../../src/reply.ts";
import { eventually } from "../eventually.ts";
import { startWorld, type Who, type World, wordsIn } from "./world.ts";

let pokes = 0;
let isGitHubAway = false;

const poke = defineCommand({
  name: "poke",
  usage: "[owner/repo@]",
  summary: "Change something.",
  examples: [{ args: "", does: "poke it" }],
  role: "write",
  isMutating: true,
  parse(args) {
    const word = args.optionalWord();
    return word === undefined ? undefined : parseTarget(word);
  },
  targetOf: (target) => target,

  async run() {
    if (isGitHubAway) throw new ServiceError("GitHub cannot be reached.", { service: "GitHub", retryable: true, effect: "maybe_done" });
    pokes += 1;
    await sleep(100);
    return { ...done("poked", text(`Poke ${pokes}`)), audience: "channel" };
  },
});

let world: World;
beforeAll(async () => {
  world = await startWorld({ commands: [...commands, poke], settings: () => ({ cooldownSeconds: 2 }) });
});
afterAll(() => world.close());

const lastOf = (who: Who) => world.slack.transcript("ci", who).at(-1)?.actions ?? [];
const offersTo = (who: Who) => lastOf(who).map(({ value }) => value);
const linksOf = (who: Who) => lastOf(who).map(({ url }) => url);

describe("a command that changes something", () => {
  it("needs write: it names the role needed, the role held and who can grant it", async () => {
    expect(await world.ask("ravi", "poke")).toContain(
      '"poke" needs the role write on nextrust/nextrust; you hold read. An admin of nextrust/nextrust can grant it.',
    );
    expect(offersTo("ravi")).toEqual(["help"]);
    expect(await world.ask("uma", "poke")).toContain("you are not linked");
    expect(await world.ask("ravi", "can poke")).toContain("No:");
    expect(offersTo("ravi")).toEqual(["help"]);
    expect(await world.ask("uma", "can poke")).toContain("you are not linked");
    expect(linksOf("uma")).toEqual([expect.stringContaining("/github/oauth/start")]);
    expect(await world.ask("ada", "can poke")).toContain("Yes:");
    expect(offersTo("ada")).toEqual(["help poke"]);
    expect(await world.ask("ravi", "help")).toMatch(/Not yours here: .*poke\./);
    expect(pokes).toBe(0);
  });

  it("is shown to the channel", async () => {
    await world.slack.slash({ as: "ada", channel: "ci", text: "poke" });

    await eventually(() => world.slack.transcript("ci", "ravi").some(({ blocks }) => wordsIn(blocks).includes("Poke 1")));
  });

  it("is shown to the asker alone when it is about another repository than the channel's", async () => {
    const before = pokes;

    expect(await world.ask("ada", "poke nextrust/secret@")).toContain(`Poke ${before + 1}`);
    expect(world.slack.transcript("ci", "ravi").some(({ blocks }) => wordsIn(blocks).includes(`Poke ${before + 1}`))).toBe(false);
  });

  it("cools down between two uses by one person, across surfaces, and says for how long", async () => {
    expect(await world.ask("ada", "poke")).toMatch(/You used poke a moment ago\. Try again in [12] s\./);
    expect(offersTo("ada")).toEqual(["poke"]);
    expect(await world.comment("ada", world.github.pulls.green, "/ci-poke")).toMatch(/You used poke a moment ago/);
    await sleep(2_000);
    expect(await world.ask("ada", "poke")).toContain("Poke 3");
  });

  it("counts once when one comment uses it several times", async () => {
    await sleep(2_000);

    const reply = await world.comment("ada", world.github.pulls.green, "/ci-poke\n/ci-poke");

    expect(reply).toContain("Poke 4");
    expect(reply).toContain("Poke 5");
  });

  it("is uncertain, and says so, when another system failed in the middle", async () => {
    await sleep(2_000);
    isGitHubAway = true;

    expect(await world.ask("ada", "poke")).toContain(
      "GitHub cannot be reached. It may or may not have been done: look before you try again.",
    );
    isGitHubAway = false;
  });

  it("runs once for one comment that arrives three times at once", async () => {
    await sleep(2_000);
    const before = pokes;

    const said = await world.github.comment("ada", world.github.pulls.red, "/ci-poke");
    await Promise.all([world.github.deliverTwice(said.guid), world.github.redeliver(said.guid)]);
    await sleep(3_000);

    expect(pokes).toBe(before + 1);
  });

  it.each([
    ["names a job that is not there", () => "retry-job nosuch", "is called “nosuch”"],
    ["finds nothing to retry", () => "retry-job --failed", "There is nothing to retry"],
  ])("cools down nothing when it %s", async (_, line, says) => {
    for (let use = 0; use < 2; use += 1) {
      expect(await world.comment("ada", world.github.pulls.green, `/ci-${line()}`)).toContain(says);
    }
  });

  it("cools down nothing when GitHub refused all of it", async () => {
    for (let use = 0; use < 2; use += 1) {
      world.github.fail(/POST .*rerun/, { status: 403, body: { message: "Resource not accessible by integration" } });
      expect(await world.comment("ada", world.github.pulls.red, "/ci-retry-job --failed")).toContain("Actions: write");
    }
  });

  it("stays cooled down although another use in the comment did nothing", async () => {
    await sleep(2_000);
    await world.comment("ada", world.github.pulls.red, "/ci-retry-job --failed\n/ci-retry-job nosuch");

    expect(await world.comment("ada", world.github.pulls.red, "/ci-retry-job --failed")).toContain("You used retry-job a moment ago");
  });

  it("can be confirmed again when it had to cool down", async () => {
    const { green, red } = world.github.pulls;
    const lines: string[] = [];
    for (const pull of [green, red]) {
      await world.github.addRunToApprove(pull);
      const asked = await world.comment("grace", pull, "/ci-approve-run");
      lines.push(/\/ci-confirm [A-Z2-9]{6}/.exec(asked)?.[0] ?? "");
    }

    expect(await world.comment("grace", green, lines[0] ?? "")).toContain("Approved: CI runs on");
    expect(await world.comment("grace", red, lines[1] ?? "")).toContain("You used approve-run a moment ago");
    await sleep(2_000);
    expect(await world.comment("grace", red, lines[1] ?? "")).toContain("Approved: CI runs on");
  });
});
