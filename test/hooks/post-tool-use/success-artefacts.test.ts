import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { successArtefacts } from "../../../src/hooks/post-tool-use/success-artefacts.ts";
import { aCheckout, type Checkout } from "../a-checkout.ts";
import { aContext } from "../a-context.ts";
import { aPayload } from "../captured/payload.ts";

const bash = { stdout: "", stderr: "", interrupted: false, isImage: false };
const token = `ghp_${"a1B2".repeat(9)}`;

async function said(
  checkout: Checkout,
  command: unknown,
  response: unknown = bash,
  given: NonNullable<Parameters<typeof aContext>[1]> = {},
) {
  using context = aContext(checkout, { now: () => Date.UTC(2026, 10, 23, 12), ...given });
  const payload = aPayload("post-tool-use", { tool_input: { command }, tool_response: response, duration_ms: 1_500 });
  return await successArtefacts.run(payload, context);
}

const folderOf = (checkout: Checkout) => join(checkout.path, ".nextrust", "artefacts");
function keptIn(checkout: Checkout) {
  const folder = folderOf(checkout);
  const lines = existsSync(folder) ? readFileSync(join(folder, "index.jsonl"), "utf8").trim().split("\n") : [];
  return lines.map((line) => {
    const { name } = JSON.parse(line);
    const [markdown, json] = [join(folder, `${name}.md`), join(folder, `${name}.json`)];
    return {
      markdown: readFileSync(markdown, "utf8"),
      content: JSON.parse(readFileSync(json, "utf8")),
      mode: statSync(markdown).mode & 0o777,
    };
  });
}

describe("a command that succeeds", () => {
  it("leaves a report of its tests, and says nothing", async () => {
    using checkout = aCheckout({ a: "" });
    const stdout = "warning: unused variable\ntest a ... FAILED\ntest result: FAILED. 5 passed; 1 failed; 2 ignored";

    const answer = await said(checkout, "cargo test 2>&1 | tail -5", { ...bash, stdout });

    expect(answer).toBeUndefined();
    const [kept, ...others] = keptIn(checkout);
    expect(others).toEqual([]);
    expect(kept?.content).toEqual({
      kind: "test-report",
      at: "2026-11-23T12:00:00.000Z",
      command: "cargo test 2>&1 | tail -5",
      tool: "cargo",
      headSha: checkout.git("rev-parse", "HEAD"),
      branch: "main",
      durationMs: 1_500,
      warnings: 1,
      tests: { passed: 5, failed: 1, skipped: 2 },
      failedTests: ["a"],
      moreFailedTests: 0,
    });
    expect(kept?.markdown.replaceAll(/[0-9a-f]{40}/g, "<sha>")).toMatchInlineSnapshot(`
      "# Test report

      - Command: \`cargo test 2>&1 | tail -5\`
      - Commit: <sha> on main
      - Took: 1.5 s
      - Tests: 5 passed, 1 failed, 2 skipped
      - Warnings: 1

      Failed, though the command as a whole succeeded:

      - \`a\`
      "
    `);
    expect(kept?.mode).toBe(0o600);
    expect(checkout.git("status", "--porcelain")).toBe("");
  });

  it("leaves a summary of its build", async () => {
    using checkout = aCheckout();
    const stdout = "a.c:1:1: warning: unused\nb.c:1:1: warning: unused\n2 warnings generated.";

    await said(checkout, "make -j4", { ...bash, stdout });

    expect(keptIn(checkout)).toMatchObject([{ content: { kind: "build-summary", command: "make -j4", tool: "make", warnings: 2 } }]);
  });

  it("leaves one report where it builds and tests", async () => {
    using checkout = aCheckout();

    await said(checkout, "make && make check");

    expect(keptIn(checkout)).toMatchObject([{ content: { kind: "test-report" } }]);
  });

  it("leaves nothing of secrets", async () => {
    using checkout = aCheckout();
    const stdout = `FAILED tests/a.py::test_${token} - x`;

    await said(
      checkout,
      `API_TOKEN=${token} pytest --key=the-word-of-today`,
      { ...bash, stdout },
      { variables: { MY_TOKEN: "the-word-of-today" } },
    );

    expect(JSON.stringify(keptIn(checkout))).not.toMatch(/ghp_|the-word/);
  });

  it.each([
    ["ls -la", bash],
    ["make", { ...bash, interrupted: true }],
    ["make", { ...bash, backgroundTaskId: "b1" }],
    [7, bash],
  ])("leaves nothing where there is nothing to say: %s %j", async (command, response) => {
    using checkout = aCheckout();

    await said(checkout, command, response);

    expect(keptIn(checkout)).toEqual([]);
  });

  it.each([null, "text", 7, [], { stdout: "\ud800".repeat(100), stderr: "" }])(
    "endures a response of another kind: %j",
    async (response) => {
      using checkout = aCheckout();

      await said(checkout, "make `x`\nmake ``y", response);

      expect(keptIn(checkout)).toHaveLength(1);
    },
  );

  it("leaves the newest only", async () => {
    using checkout = aCheckout();
    const settings = { successArtefacts: { keep: 2 } };
    for (const day of [1, 2, 3]) await said(checkout, `make target-${day}`, bash, { settings, now: () => Date.UTC(2026, 10, day) });

    expect(keptIn(checkout).map(({ content }) => content.command)).toEqual(["make target-2", "make target-3"]);
    expect(readdirSync(folderOf(checkout))).toHaveLength(5);
  });
});

describe("a version that is tagged", () => {
  it("has a draft of its release notes, of which the model is told", async () => {
    using checkout = aCheckout({ a: "" });
    checkout.git("tag", "v1.0.0");
    checkout.commit("feat: read logs");
    checkout.commit(`fix: mask ${token}`);
    checkout.git("tag", "v1.1.0");

    const answer = await said(checkout, "git tag v1.1.0");

    expect(answer).toEqual({
      kind: "tell",
      text: expect.stringMatching(/^Draft release notes of v1\.1\.0, from 2 commits, are in .*\.md\.$/),
    });
    const [kept] = keptIn(checkout);
    expect(kept?.content).toMatchObject({ kind: "release-notes", tag: "v1.1.0", previous: "v1.0.0", commits: 2 });
    expect(kept?.markdown).toMatch(/## Features\n\n- read logs \([0-9a-f]{7}\)\n\n## Fixes\n\n- mask \*\*\* \(/);
    expect(JSON.stringify(kept)).not.toContain("ghp_");
  });

  it("is found where another program tagged it", async () => {
    using checkout = aCheckout({ a: "" });
    checkout.git("tag", "not-a-version");
    checkout.git("tag", "v0.1.0");

    expect(await said(checkout, "npm version patch")).toMatchObject({ text: expect.stringContaining("v0.1.0, from 1 commit,") });
  });

  it("has none where there is no tag", async () => {
    using checkout = aCheckout({ a: "" });

    expect(await said(checkout, "npm version patch --no-git-tag-version")).toBeUndefined();
    expect(await said(checkout, "git tag v9.9.9")).toBeUndefined();
    expect(keptIn(checkout)).toEqual([]);
  });
});
