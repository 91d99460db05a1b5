import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { eventually } from "../eventually.ts";
import { startWorld, type World, wordsIn } from "./world.ts";

let world: World;
beforeEach(async () => {
  world = await startWorld({ settings: () => ({ cooldownSeconds: 0 }) });
});
afterEach(() => world.close());

const red = () => world.github.pulls.red;
const shown = (as: "ada" | "ravi" = "ada") => world.slack.transcript("ci", as).map(({ blocks }) => wordsIn(blocks));
const told = (words: RegExp) => eventually(() => shown().find((text) => words.test(text)));

describe("/ci retry-job", () => {
  it("runs the failed job again, in at most four calls, and edits its one answer until the run ends", async () => {
    const before = world.github.calls().length;

    expect(await world.ask("ada", `retry-job --failed #${red()}`)).toMatch(/Retrying test-rust \(m68040\) on #2 @[0-9a-f]{7}, attempt 2\./);
    const calls = world.github.calls().slice(before);
    expect(calls.findIndex(({ name }) => name.endsWith("/rerun-failed-jobs"))).toBe(3);
    const answers = shown("ravi").length;

    await world.github.finishRuns(red());
    await told(/test-rust \(m68040\) passed on attempt 2 · #2 @[0-9a-f]{7}\./);
    expect(shown("ravi")).toHaveLength(answers);
  });

  it("is joined by whoever asks for the same while it runs, and both are told the end", async () => {
    await world.comment("ada", red(), '/ci-retry-job "test-rust (m68040)"');
    const joined = await world.ask("grace", `retry-job --failed #${red()}`);

    expect(joined).toContain("Somebody asked for that already, so I joined in.");
    await world.github.finishRuns(red());
    await told(/test-rust \(m68040\) passed on attempt 2/);
    await eventually(async () => (await world.github.comments(red())).some(({ body }) => body.includes("passed on attempt 2")));
    expect(world.github.calls().filter(({ name }) => name.startsWith("POST") && name.includes("/rerun"))).toHaveLength(1);
  });
});
