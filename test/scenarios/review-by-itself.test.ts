import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Settings } from "../../src/config/settings.ts";
import { timings } from "../../src/pipeline/incidents/timings.ts";
import { eventually } from "../eventually.ts";
import { startWorld, type World } from "./world.ts";

const pastTheEnd = (name: string) => `fn ${name}(tokens: &[u8]) {\n    while at <= tokens.len() { read(tokens[at]); }\n}\n`;
const sound = (name: string) => `fn ${name}() {\n    println!("nothing to see");\n}\n`;

let world: World;
beforeAll(async () => {
  world = await startWorld({
    models: true,
    timings: { ...timings, pushSettlesMs: 200 },
    settings: ({ config, github }) => {
      const { reviews } = Settings.parse({
        ai: { reviews: [{ repository: github.repository, on: ["opened", "ready", "push", "phase"] }] },
      }).ai;
      return { cooldownSeconds: 0, ai: { ...config.settings.ai, reviews } };
    },
  });
});
afterAll(() => world.close());

let count = 0;
const open = async (files: Readonly<Record<string, string>>, more: { readonly isDraft?: boolean } = {}) => {
  count += 1;
  return (await world.github.openPull("uma", { title: `Change ${count}`, branch: `by-itself-${count}`, files, ...more })).number;
};
const summariesOn = async (number: number) =>
  (await world.github.comments(number))
    .filter(({ body }) => body.includes("nextrust:reply review%3Asummary"))
    .map(({ id, body }) => ({ id, body: body.replaceAll("\u200b", "") }));
const summaryOf = (number: number, sha: string) =>
  eventually(async () => (await summariesOn(number)).find(({ body }) => body.includes(`Gemini review of ${sha.slice(0, 7)}`)));
const checkOn = (number: number, words: string) =>
  eventually(async () => {
    const check = (await world.github.checks(number)).find(({ name }) => name === "NeXTRust review (gemini)");
    return check && `${check.title} ${check.summary}`.includes(words) ? check : undefined;
  });
const asked = () => world.models?.api.requests() ?? [];

describe("a pull request of a repository whose pushes are reviewed", () => {
  it("has what is new reviewed at each push, what is gone hidden and counted, and all of it after a forced push", async () => {
    const number = await open({ "src/one.rs": pastTheEnd("one"), "src/two.rs": pastTheEnd("two") });
    const [first] = await eventually(async () => {
      const found = await summariesOn(number);
      return found.length > 0 ? found : undefined;
    });
    expect(first?.body).toContain("2 high");
    await eventually(() => world.github.reviewThreads(number).length === 2);

    const calls = asked().length;
    const onto = (await world.github.runs(number))[0]?.headSha ?? "";
    const second = await world.github.pushFiles("uma", number, { "src/one.rs": sound("one"), "src/three.rs": pastTheEnd("three") });
    const { id, body } = await summaryOf(number, second);

    expect(id).toBe(first?.id);
    expect(body).toContain("2 high");
    expect(body).toMatch(/Looked at: what changed since [0-9a-f]{7}/);
    expect(body).toContain("Not found any more: 1");
    expect(asked()).toHaveLength(calls + 1);
    expect(JSON.stringify(asked().at(-1))).not.toContain("src/two.rs");
    await eventually(() => world.github.reviewThreads(number).length === 3);

    const forced = await world.github.pushFiles("uma", number, { "src/two.rs": sound("two") }, { onto });
    expect((await summaryOf(number, forced)).body).toContain("Looked at: the whole change");
  });

  it("is reviewed when it is no draft any more, and a check run says why it was not before", async () => {
    const number = await open({ "src/draft.rs": pastTheEnd("draft") }, { isDraft: true });
    await checkOn(number, "Drafts are not reviewed by themselves");

    await world.github.setDraft("uma", number, false);

    await checkOn(number, "1 high");
    expect(await summariesOn(number)).toHaveLength(1);
  });

  it("is not reviewed out of a fork, until a member asks", async () => {
    const number = await world.github.openForkPull("sam", "from-afar");
    const calls = asked().length;
    await checkOn(number, "Changes from forks are reviewed when somebody");
    expect(asked()).toHaveLength(calls);

    await world.comment("uma", number, "/ci-force-review gemini");

    await eventually(async () => (await summariesOn(number)).length === 1);
    expect(asked()).toHaveLength(calls + 1);
  });

  it("shows that it could not be reviewed, and why, and the audit has it", async () => {
    world.models?.api.fail("quota", { times: 1 });
    const number = await open({ "src/quota.rs": pastTheEnd("quota") });

    await checkOn(number, "failed");

    expect(await summariesOn(number)).toEqual([]);
    expect(await world.ask("ada", "audit")).toMatch(/review by gemini \(opened\)[\s·]*failed[\s·]*ai_quota/);
  });
});
