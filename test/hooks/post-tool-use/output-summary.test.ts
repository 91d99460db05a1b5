import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { outputSummary } from "../../../src/hooks/post-tool-use/output-summary.ts";
import { aCheckout, type Checkout } from "../a-checkout.ts";
import { aContext } from "../a-context.ts";
import { aPayload } from "../captured/payload.ts";

const bash = { stderr: "", interrupted: false, isImage: false, noOutputExpected: false };
const lines = (count: number) => Array.from({ length: count }, (_, index) => `[${index}] Compiling a file of the project`).join("\n");
const token = `ghp_${"a1B2".repeat(9)}`;

async function said(checkout: Checkout, response: unknown, changes: object = {}, given: NonNullable<Parameters<typeof aContext>[1]> = {}) {
  using context = aContext(checkout, given);
  const payload = aPayload("post-tool-use", { tool_input: { command: "make" }, tool_response: response, ...changes });
  const answer = await outputSummary.run(payload, context);
  return answer?.kind === "replace" ? answer.output : answer;
}

const keptIn = (checkout: Checkout) => join(checkout.path, ".nextrust", "artefacts", "outputs");
const fullOf = (output: unknown) => /All of it is in (\S+);/.exec(JSON.stringify(output))?.[1] ?? "";

describe("output of a command", () => {
  it("reaches the model as a summary when it is long, in the shape that Claude Code takes", async () => {
    using checkout = aCheckout();

    const output = await said(checkout, { ...bash, stdout: lines(400), other: "kept" });

    expect(output).toMatchObject({
      ...bash,
      other: "kept",
      stdout: expect.stringMatching(/^\[nextrust: what matters of 400 lines \(15 KB\)/),
    });
    expect(Buffer.byteLength(JSON.stringify(output))).toBeLessThan(8 * 1024);
    expect(JSON.stringify(output)).toContain("run the command again with its output through grep or tail");
    expect(existsSync(keptIn(checkout))).toBe(false);
  });

  it.each([
    ["it is short", { ...bash, stdout: lines(100) }, {}],
    ["it is a picture", { ...bash, stdout: "iVBOR".repeat(9_000), isImage: true }, {}],
    ["its shape is not known", { stdout: 7, stderr: lines(900) }, {}],
    ["its shape is not known", { output: lines(900) }, {}],
    ["there is none", null, {}],
    ["it was asked for", { ...bash, stdout: lines(900) }, { tool_input: { command: "cd src && cat a.rs | head -900" } }],
    ["it was asked for", { ...bash, stdout: lines(900) }, { tool_input: { command: "git --no-pager diff main...HEAD" } }],
    ["it is a file", { type: "text", file: { content: lines(900) } }, { tool_name: "Read" }],
    ["it is what a tool found", { ...bash, stdout: lines(900) }, { tool_name: "mcp__docs__search" }],
  ])("stays as it is where %s", async (_, response, changes) => {
    using checkout = aCheckout();

    expect(await said(checkout, response, changes)).toBeUndefined();
  });

  it.each(["cat a.rs && make", "cat a.rs > b.rs; ./run", "unknown-program", "cat 'unbalanced", 7])(
    "is summed up where the command does more than show: %s",
    async (command) => {
      using checkout = aCheckout();

      expect(await said(checkout, { ...bash, stdout: lines(900) }, { tool_input: { command } })).toBeDefined();
    },
  );

  it("has its errors and standard error in one summary", async () => {
    using checkout = aCheckout();

    const output = await said(checkout, { ...bash, stdout: lines(400), stderr: "make: *** [Makefile:3: all] Error 2" });

    expect(output).toMatchObject({ stderr: "", stdout: expect.stringContaining("401: make: *** [Makefile:3: all] Error 2") });
  });

  it("may be longer, or may not be kept, by the settings", async () => {
    using checkout = aCheckout();
    const response = { ...bash, stdout: lines(400) };

    expect(await said(checkout, response, {}, { settings: { outputSummary: { overKb: 20 } } })).toBeUndefined();
    expect(fullOf(await said(checkout, response, {}, { settings: { outputSummary: { keepOverKb: 12 } } }))).not.toBe("");
  });
});

describe("output over 50 KB", () => {
  it("is kept as a file that only this account reads and git does not see, without secrets", async () => {
    using checkout = aCheckout({ a: "" });
    const own = "the-word-of-the-day";

    const text = `${lines(2_000)}\ntoken ${token}\npassword ${own}`;
    const output = await said(checkout, { ...bash, stdout: text }, {}, { variables: { DEPLOY_TOKEN: own } });

    const path = fullOf(output);
    expect(readFileSync(path, "utf8")).toBe(`${lines(2_000)}\ntoken ***\npassword ***`);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(checkout.git("status", "--porcelain")).toBe("");
  });

  it("stays below its folder, whatever the session and the call are called", async () => {
    using checkout = aCheckout();
    const changes = { session_id: "../../evil", tool_use_id: "/etc/passwd\0" };

    await said(checkout, { ...bash, stdout: lines(2_000) }, changes);

    expect(readdirSync(keptIn(checkout), { recursive: true }).toSorted()).toEqual(["______evil", "______evil/_etc_passwd_.txt"]);
  });

  it("makes room: the oldest goes first", async () => {
    using checkout = aCheckout();
    const settings = { outputSummary: { totalMb: 1 } };
    for (const index of [1, 2, 3]) {
      const output = await said(
        checkout,
        { ...bash, stdout: lines(11_000) },
        { tool_use_id: `use-${index}`, session_id: `s-${index}` },
        { settings },
      );
      utimesSync(fullOf(output), index, index);
    }

    expect(readdirSync(keptIn(checkout), { recursive: true }).toSorted()).toEqual(["s-2", "s-2/use-2.txt", "s-3", "s-3/use-3.txt"]);
  });
});

describe("output that Claude Code keeps itself", () => {
  function kept(checkout: Checkout, text: string) {
    const folder = join(checkout.path, "claude", "s-1", "tool-results");
    mkdirSync(folder, { recursive: true });
    const path = join(folder, "b.txt");
    writeFileSync(path, text);
    const response = { ...bash, stdout: text.slice(0, 30_000), persistedOutputPath: path, persistedOutputSize: text.length };
    return { path, response, changes: { transcript_path: join(checkout.path, "claude", "s-1.jsonl") } };
  }

  it("is read to its end, and no more cut by it", async () => {
    using checkout = aCheckout();
    const { response, changes } = kept(checkout, `${lines(1_000)}\ntest result: ok. 9 passed; 0 failed`);

    const output = await said(checkout, response, changes);

    expect(output).toMatchObject({ stdout: expect.stringContaining("1001: test result: ok. 9 passed") });
    expect(Object.keys(output as object).toSorted()).toEqual([...Object.keys(bash), "stdout"].toSorted());
    expect(fullOf(output)).toMatch(/b\.txt$/);
  });

  it("is summed up even where it was asked for: else the model gets its first 2 KB", async () => {
    using checkout = aCheckout();
    const { response, changes } = kept(checkout, lines(1_000));

    expect(await said(checkout, response, { ...changes, tool_input: { command: "cat a.txt" } })).toBeDefined();
  });

  it("is told by its end where it is very long, with the numbers of its lines", async () => {
    using checkout = aCheckout();
    const { path, response, changes } = kept(checkout, `${lines(150_000)}\nthe last line`);

    const output = await said(checkout, response, changes);

    expect(output).toMatchObject({ stdout: expect.stringContaining("150001: the last line") });
    expect(output).toMatchObject({ stdout: expect.stringContaining("what matters of 150001 lines") });
    expect(fullOf(output)).toBe(path);
    expect(existsSync(keptIn(checkout))).toBe(false);
  });

  it("is not read where it is no file of the session's", async () => {
    using checkout = aCheckout({ secret: lines(2_000) });
    const { path, response, changes } = kept(checkout, lines(1_000));
    symlinkSync(join(checkout.path, "secret"), `${path}.link`);

    const answers = [
      await said(checkout, { ...response, persistedOutputPath: join(checkout.path, "secret") }, changes),
      await said(checkout, { ...response, persistedOutputPath: `${path}/../../../../secret` }, changes),
      await said(checkout, { ...response, persistedOutputPath: `${path}.link` }, changes),
      await said(checkout, response, { transcript_path: undefined }),
    ];

    expect(answers).toEqual([undefined, undefined, undefined, undefined]);
    await expect(said(checkout, { ...response, persistedOutputPath: join(path, "..") }, changes)).rejects.toThrow("no file");
    await expect(said(checkout, { ...response, persistedOutputPath: `${path}.gone` }, changes)).rejects.toThrow();
  });
});

describe("output of a tool of MCP", () => {
  const settings = { outputSummary: { tools: ["Bash", "mcp__build__*"] } };
  const changes = { tool_name: "mcp__build__run" };

  it("is summed up where the settings name it, and keeps its pictures", async () => {
    using checkout = aCheckout();
    const picture = { type: "image", source: { data: "iVBOR".repeat(9_000) } };

    const output = await said(checkout, [{ type: "text", text: lines(400) }, picture, { type: "text", text: "error: it broke" }], changes, {
      settings,
    });

    expect(output).toEqual([{ type: "text", text: expect.stringContaining("401: error: it broke") }, picture]);
  });

  it("is a text where it was one", async () => {
    using checkout = aCheckout();

    expect(await said(checkout, lines(400), changes, { settings })).toEqual(expect.stringContaining("what matters of 400 lines"));
    expect(await said(checkout, [{ type: "image" }], changes, { settings })).toBeUndefined();
  });
});
