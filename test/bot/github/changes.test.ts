import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { githubChanges } from "../../../src/bot/github/changes.ts";
import { createGitHub } from "../../../src/bot/github/client.ts";
import type { Changes } from "../../../src/pipeline/changes.ts";
import { type GitHubSandbox, startGitHubSandbox } from "../../../src/sandbox/github/github-sandbox.ts";
import { Secret } from "../../../src/secret.ts";
import { watchGitHub } from "../../contracts/github/watch.ts";

let github: GitHubSandbox;
let violations: Awaited<ReturnType<typeof watchGitHub>>;
let changes: Changes;
beforeAll(async () => {
  github = await startGitHubSandbox();
  violations = await watchGitHub(github, "the bot");
  const credentials = { appId: github.app.id, privateKey: new Secret(github.app.privateKey) };
  changes = githubChanges(createGitHub({ apiUrl: github.url, credentials, webhookSecrets: [] }, pino({ level: "silent" })));
  await github.commit("grace", { message: "Add the table", file: { path: "src/table.rs", text: lines(40) } });
  await github.commit("grace", { message: "Add guidelines", file: { path: "docs/GEMINI.md", text: "Be kind.\n" } });
  await github.commit("grace", { message: "Add a long one", file: { path: "docs/long.md", text: "x".repeat(64 * 1024 + 1) } });
});
afterAll(async () => {
  await github.close();
  expect(violations()).toEqual([]);
});

const lines = (count: number, changed: Readonly<Record<number, string>> = {}): string =>
  Array.from({ length: count }, (_, index) => `${changed[index + 1] ?? `line ${index + 1}`}\n`).join("");

let count = 0;
async function aPull(given: Partial<Parameters<GitHubSandbox["openPull"]>[1]> = {}) {
  const branch = `change-of-table-${++count}`;
  const { number } = await github.openPull("ada", { title: "Change the table", branch, ...given });
  const pull = await changes.pull(github.repository, number);
  if (!pull) throw new Error("There is no such pull request.");
  return pull;
}

describe("a pull request as one reviews it", () => {
  it("has its words, its author, its labels and its commits", async () => {
    const pull = await aPull({ title: "Handle traps", body: "All of them.", isDraft: true, labels: ["kernel", "fpu"] });

    expect(pull).toEqual({
      repository: github.repository,
      number: pull.number,
      subjectId: expect.any(String),
      url: `${github.url}/${github.repository}/pull/${pull.number}`,
      title: "Handle traps",
      body: "All of them.",
      author: { id: github.people.ada.id, login: "ada", isBot: false },
      labels: ["kernel", "fpu"],
      state: "open",
      isDraft: true,
      isFork: false,
      headSha: expect.stringMatching(/^[0-9a-f]{40}$/),
      baseSha: expect.stringMatching(/^[0-9a-f]{40}$/),
      baseBranch: "main",
    });
  });

  it("is no draft any more, stands at another head, and is closed, when people did that", async () => {
    const before = await aPull({ isDraft: true });

    await github.setDraft("ada", before.number, false);
    const headSha = await github.pushFiles("ada", before.number, { "src/new.rs": "// new\n" });
    await github.changePull("ada", before.number, { state: "closed" });

    expect(headSha).not.toBe(before.headSha);
    expect(await changes.pull(github.repository, before.number)).toEqual({ ...before, isDraft: false, headSha, state: "closed" });
  });

  it("comes out of a fork", async () => {
    const number = await github.openForkPull("sam", "fans");

    expect(await changes.pull(github.repository, number)).toMatchObject({ isFork: true, author: { login: "sam", isBot: false } });
    expect((await changes.files(github.repository, number)).files).toMatchObject([
      { path: "src/fans.rs", patch: "@@ -0,0 +1 @@\n+// fans" },
    ]);
  });

  it("is not there where it is none, or is not to be seen", async () => {
    expect(await changes.pull(github.repository, 99_999)).toBeUndefined();
    expect(await changes.pull(github.repository, github.issue)).toBeUndefined();
  });
});

describe("the files of a pull request", () => {
  it("are told with their hunks, in the order of their paths", async () => {
    const files = {
      "src/table.rs": lines(40, { 5: "five", 30: "thirty\nand more" }),
      "src/a.rs": "fn a() {}\nfn b() {}",
      "docs/GEMINI.md": null,
      "logo.png": Buffer.from([137, 80, 78, 71, 0, 1]),
    };
    const { number } = await aPull({ files });

    const told = await changes.files(github.repository, number);

    expect(told).toEqual({
      isCut: false,
      files: [
        { path: "docs/GEMINI.md", status: "removed", patch: "@@ -1 +0,0 @@\n-Be kind.", additions: 0, deletions: 1 },
        { path: "logo.png", status: "added", additions: 0, deletions: 0 },
        {
          path: "src/a.rs",
          status: "added",
          patch: "@@ -0,0 +1,2 @@\n+fn a() {}\n+fn b() {}\n\\ No newline at end of file",
          additions: 2,
          deletions: 0,
        },
        {
          path: "src/table.rs",
          status: "modified",
          patch: [
            ...["@@ -2,7 +2,7 @@", " line 2", " line 3", " line 4", "-line 5", "+five", " line 6", " line 7", " line 8"],
            ...["@@ -27,7 +27,8 @@", " line 27", " line 28", " line 29", "-line 30", "+thirty", "+and more"],
            ...[" line 31", " line 32", " line 33"],
          ].join("\n"),
          additions: 3,
          deletions: 2,
        },
      ],
    });
  });

  it("tell where one was before", async () => {
    const { number } = await aPull({ files: { "src/table.rs": null, "src/tables.rs": lines(40) } });

    expect((await changes.files(github.repository, number)).files).toEqual([
      { path: "src/tables.rs", previousPath: "src/table.rs", status: "renamed", additions: 0, deletions: 0 },
    ]);
  });

  it("have no hunks where they are too long for GitHub, or for us", async () => {
    const wide = "x".repeat(300_000);
    const files = { "src/long.rs": lines(20_001), "src/one.rs": `${wide}1`, "src/two.rs": `${wide}2`, "src/wide.rs": `${wide}${wide}` };
    const { number } = await aPull({ files: { ...files, "src/three.rs": `${wide}3`, "src/four.rs": `${wide}4` } });

    const told = (await changes.files(github.repository, number)).files;

    const withPatch = told.filter(({ patch }) => patch !== undefined).map(({ path }) => path);
    expect(withPatch).toEqual(["src/four.rs", "src/one.rs", "src/three.rs"]);
    expect(told.map(({ path }) => path)).toEqual(["src/four.rs", "src/long.rs", "src/one.rs", "src/three.rs", "src/two.rs", "src/wide.rs"]);
    expect(told.find(({ path }) => path === "src/long.rs")).toMatchObject({ additions: 20_001, deletions: 0 });
  });

  it("are told over several pages", async () => {
    const files = Object.fromEntries(Array.from({ length: 120 }, (_, index) => [`many/${1000 + index}.rs`, `// ${index}\n`]));
    const { number } = await aPull({ files });

    const told = await changes.files(github.repository, number);

    expect(told.isCut).toBe(false);
    expect(told.files.map(({ path }) => path)).toEqual(Object.keys(files));
  });

  it("cannot be told of a pull request that is not there", async () => {
    await expect(changes.files(github.repository, 99_999)).rejects.toThrow("GitHub finds no such thing.");
  });
});

describe("what differs between two commits", () => {
  it("is what came since", async () => {
    const { number, headSha: first } = await aPull({ files: { "src/table.rs": lines(40, { 5: "five" }) } });

    const second = await github.pushFiles("ada", number, { "src/new.rs": "// new\n" });
    const third = await github.pushFiles("ada", number, { "src/table.rs": lines(40, { 5: "five", 7: "seven" }) });

    const paths = async (from: string, to: string) =>
      (await changes.between(github.repository, from, to))?.files.map(({ path, additions }) => [path, additions]);
    expect(await paths(first, second)).toEqual([["src/new.rs", 1]]);
    expect(await paths(second, third)).toEqual([["src/table.rs", 1]]);
    expect(await paths(first, third)).toEqual([
      ["src/new.rs", 1],
      ["src/table.rs", 1],
    ]);
    expect(await paths(third, third)).toEqual([]);
  });

  it("cannot be told after a forced push, nor backwards, nor of commits that are not there", async () => {
    const { number, headSha: first, baseSha } = await aPull();
    const second = await github.pushFiles("ada", number, { "src/other.rs": "// other\n" }, { onto: baseSha });

    expect(await changes.between(github.repository, first, second)).toBeUndefined();
    expect(await changes.between(github.repository, first, baseSha)).toBeUndefined();
    expect(await changes.between(github.repository, "0".repeat(40), second)).toBeUndefined();
    expect(await changes.between(github.repository, "main", second)).toBeUndefined();
  });

  it("is cut where GitHub lists no more files", async () => {
    const { number, headSha: first } = await aPull();
    const files = Object.fromEntries(Array.from({ length: 301 }, (_, index) => [`more/${1000 + index}.rs`, `// ${index}\n`]));
    const second = await github.pushFiles("ada", number, files);

    const told = await changes.between(github.repository, first, second);

    expect(told?.isCut).toBe(true);
    expect(told?.files).toHaveLength(300);
  });
});

describe("a file", () => {
  it("is read as it stands at a branch or a commit", async () => {
    const { number } = await aPull();
    const headSha = await github.pushFiles("ada", number, { "docs/GEMINI.md": "Be harsh.\n" });

    expect(await changes.file(github.repository, "main", "docs/GEMINI.md")).toBe("Be kind.\n");
    expect(await changes.file(github.repository, headSha, "docs/GEMINI.md")).toBe("Be harsh.\n");
  });

  it.each([
    ["none", "main", "docs/NONE.md"],
    ["at no branch", "gone", "docs/GEMINI.md"],
    ["a folder", "main", "docs"],
    ["larger than 64 KiB", "main", "docs/long.md"],
  ])("is not there when it is %s", async (_, ref, path) => {
    expect(await changes.file(github.repository, ref, path)).toBeUndefined();
  });

  it.each([
    ["main:docs/GEMINI.md", "x"],
    ["main", "../docs/GEMINI.md"],
    ["main", "/docs/GEMINI.md"],
    ["main", "./docs/GEMINI.md"],
    ["main", ""],
    ["main", "docs/GEMINI.md\0"],
    ["main~1", "docs/GEMINI.md"],
    ["main^{/Add}", "docs/GEMINI.md"],
    ["main@{1 day ago}", "docs/GEMINI.md"],
    ["", "docs/GEMINI.md"],
    ["-main", "docs/GEMINI.md"],
    ["a..main", "docs/GEMINI.md"],
  ])("is not asked for by %j and %j, which say more than a name", async (ref, path) => {
    const before = github.calls().length;

    expect(await changes.file(github.repository, ref, path)).toBeUndefined();
    expect(github.calls()).toHaveLength(before);
  });
});
