import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "../eventually.ts";
import { startWorld, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld({ models: true });
});
afterAll(() => world.close());

describe("force-review", () => {
  it("ends in a summary and a finding beside its line", async () => {
    const { github } = world;
    const { number } = await github.openPull("uma", {
      title: "Lex faster",
      branch: "lex-faster",
      files: {
        "src/lexer.rs":
          "fn next(tokens: &[u8]) {\n    for at in 0..10 {\n        while at <= tokens.len() { read(tokens[at]); }\n    }\n}\n",
      },
    });
    const first = await world.comment("uma", number, "/ci-force-review gemini");
    expect(first).toMatch(/Reviewing/);

    const summary = await eventually(async () => (await github.comments(number)).find(({ body }) => body.includes("Gemini review of")));
    console.log(first, "\n-----\n", summary.body);
    const threads = await eventually(() => {
      const found = github.reviewThreads(number);
      return found.length > 0 ? found : undefined;
    });
    console.log(JSON.stringify(threads, null, 1));
    console.log((await github.comments(number)).map(({ body }) => body).join("\n=====\n"));
  });
});
