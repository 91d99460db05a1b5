import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { askFirst, findPending } from "../../src/bot/confirmations.ts";
import { text } from "../../src/reply.ts";
import { type EmbeddedState, openEmbedded } from "../../src/state/embedded/open.ts";

const minute = 60_000;
const line = { verb: "clear-cache", rest: "#12", text: "clear-cache #12" };
const question = {
  parts: [text("Delete 2 caches?")],
  label: "Delete 2 caches",
  confirm: { title: "Sure?", text: "2 caches." },
  agreedTo: ["a"],
};

let now: number;
let state: EmbeddedState;
beforeEach(async () => {
  now = 1_764_000_000_000;
  state = await openEmbedded({ file: ":memory:", now: () => now });
});
afterEach(() => state.close());

async function ask(): Promise<string> {
  const { actions } = await askFirst(question, { line }, "github:1", state);
  return actions?.[0]?.command.replace("confirm ", "") ?? "";
}
const find = (code: string, actor = "github:1", intent = "github:comment:2:0:confirm") => findPending(code, actor, intent, state);

describe("a command that asked first", () => {
  it("goes on as it was shown, for the same person, in any case", async () => {
    const code = await ask();

    expect(code).toMatch(/^[A-HJKMNP-Z2-9]{6}$/);
    expect(await find(code.toLowerCase())).toMatchObject({ line, agreedTo: ["a"] });
  });

  it("goes on once, and again for the same wish after a crash", async () => {
    const code = await ask();
    await (await find(code)).spend();

    await (await find(code)).spend();
    const another = await find(code, "github:1", "github:comment:3:0:confirm");
    await expect(another.spend()).rejects.toMatchObject({ reason: "already_confirmed" });
  });

  it("may be confirmed again when nothing was done after all", async () => {
    const code = await ask();
    const first = await find(code);
    await first.spend();
    await first.giveBack();

    await expect((await find(code, "github:1", "github:comment:3:0:confirm")).spend()).resolves.toBeUndefined();
  });

  it.each([
    ["somebody else's word", "github:2", 0],
    ["a word after ten minutes", "github:1", 10 * minute],
  ])("does not go on by %s", async (_, actor, laterMs) => {
    const code = await ask();
    now += laterMs;

    await expect(find(code, actor)).rejects.toMatchObject({ outcome: "not_applicable", reason: "nothing_to_confirm" });
  });

  it("goes on until the tenth minute is over", async () => {
    const code = await ask();
    now += 10 * minute - 1;

    expect(await find(code)).toMatchObject({ line });
  });
});
