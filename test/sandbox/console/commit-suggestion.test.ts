import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commitSuggestion } from "../../../src/sandbox/console/commit-suggestion.ts";
import { createReadThreads } from "../../../src/sandbox/console/read-threads.ts";
import { type GitHubSandbox, startGitHubSandbox } from "../../../src/sandbox/github/github-sandbox.ts";

const path = "src/table.rs";
const text = "one\ntwo\nthree\nfour\nfive\n";

let github: GitHubSandbox;
beforeAll(async () => {
  github = await startGitHubSandbox();
});
afterAll(() => github.close());

let count = 0;
async function suggesting(body: string, lines: { readonly startLine?: number; readonly line: number }) {
  count += 1;
  const { number } = await github.openPull("ada", { title: "A table", branch: `table-${count}`, files: { [path]: text } });
  const { id } = await github.reviewComment("uma", number, { path, ...lines, body });
  const read = createReadThreads(github);
  return {
    commit: (as = "ada") => commitSuggestion(github, as, number, id),
    file: async () => github.readFile(await github.head(number), path),
    thread: async () => (await read(number))[0],
    number,
  };
}

describe("a suggestion that is committed", () => {
  it.each([
    ["one line", "Not so.\n\n```suggestion\n2 & $&\n```\n", { line: 2 }, "one\n2 & $&\nthree\nfour\nfive\n"],
    ["some lines by others", "```suggestion\nII\n\nIII\n```", { startLine: 2, line: 3 }, "one\nII\n\nIII\nfour\nfive\n"],
    ["some lines by none", "```suggestion\n```", { startLine: 4, line: 5 }, "one\ntwo\nthree\n"],
  ])("replaces %s", async (_, body, lines, after) => {
    const { commit, file } = await suggesting(body, lines);

    await commit();

    expect(await file()).toBe(after);
  });

  it("is outdated then, and refused, as it is where somebody else changed its lines", async () => {
    const { commit, thread, file } = await suggesting("```suggestion\n2\n```", { line: 2 });
    await commit();

    expect(await thread()).toMatchObject({ isOutdated: true, code: { first: 1, lines: ["one", "two"] } });
    await expect(commit()).rejects.toThrow("The lines have changed since");
    expect(await file()).toContain("2\n");
  });

  it("is still good where other lines changed", async () => {
    const { commit, file, thread, number } = await suggesting("```suggestion\n2\n```", { line: 2 });
    await github.pushFiles("uma", number, { [path]: text.replace("five", "5") });
    expect(await thread()).toMatchObject({ isOutdated: false });

    await commit();

    expect(await file()).toBe("one\n2\nthree\nfour\n5\n");
  });

  it("is refused to somebody who may not push, and where nothing is suggested", async () => {
    const { commit, file } = await suggesting("```suggestion\n2\n```", { line: 2 });
    const { commit: commitNothing } = await suggesting("Why?", { line: 2 });

    await expect(commit("ravi")).rejects.toThrow("GitHub does not let ravi push to this branch.");
    await expect(commitNothing()).rejects.toThrow("suggests nothing");
    expect(await file()).toBe(text);
  });
});

describe("a thread beside its code", () => {
  it("has none where the file has no such line", async () => {
    const { thread } = await suggesting("Where?", { line: 99 });

    expect(await thread()).not.toHaveProperty("code");
  });
});
