import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findCommands } from "../../../src/bot/github/find-commands.ts";
import { renderBlockKit } from "../../../src/bot/render/block-kit.ts";
import { renderMarkdown } from "../../../src/bot/render/markdown.ts";
import { isOurs } from "../../../src/bot/render/marker.ts";
import { renderTerminal } from "../../../src/bot/render/terminal.ts";
import type { Part, Reply } from "../../../src/reply.ts";
import { blockKitProblem } from "../../../src/sandbox/slack/block-kit/message.ts";

const word = fc.oneof(
  fc.constantFrom(
    "/ci-status",
    "<!channel>",
    "<@U1>",
    "@ada",
    "`",
    "```",
    "~~~",
    "|",
    "<!--",
    "-->",
    "\u001b[31m",
    "https://evil.test",
    "[x](y)",
    "---",
    "\r\n",
    "\n",
    "   /ci-retry",
    "#",
    "1.",
    "&amp;",
  ),
  fc.string({ unit: "binary", maxLength: 12 }),
);
const hostile = fc.array(word, { minLength: 1, maxLength: 12 }).map((words) => words.join(" "));
const cell = fc.oneof(
  hostile,
  fc.record({ at: fc.integer({ min: 0, max: 4e12 }) }),
  fc.record({ text: hostile, url: fc.oneof(fc.webUrl(), hostile, fc.constant("javascript:alert(1)")) }),
);
const part: fc.Arbitrary<Part> = fc.oneof(
  fc.record({ kind: fc.constant("text" as const), text: hostile }),
  fc.record({
    kind: fc.constant("facts" as const),
    facts: fc.array(fc.record({ label: hostile, value: cell }), { minLength: 1, maxLength: 4 }),
  }),
  fc.record({
    kind: fc.constant("table" as const),
    columns: fc.array(hostile, { minLength: 1, maxLength: 3 }),
    rows: fc.array(fc.record({ cells: fc.array(cell, { minLength: 1, maxLength: 3 }) }), { maxLength: 4 }),
  }),
  fc.record({ kind: fc.constant("excerpt" as const), text: hostile }),
  fc.record({
    kind: fc.constant("chart" as const),
    title: hostile,
    shape: fc.constantFrom("bar" as const, "line" as const, "pie" as const),
    unit: fc.constant("count" as const),
    categories: fc.tuple(hostile),
    series: fc.tuple(fc.record({ name: hostile, values: fc.tuple(fc.nat()) })),
  }),
);
const reply: fc.Arbitrary<Reply> = fc.record({
  outcome: fc.constant("done" as const),
  reason: fc.constant("told"),
  audience: fc.constant("asker" as const),
  parts: fc.array(part, { minLength: 1, maxLength: 5 }),
  actions: fc.array(fc.record({ label: hostile.map((words) => `Do ${words}`), command: hostile.map((words) => `status ${words}`) }), {
    maxLength: 6,
  }),
  choice: fc.record({
    label: hostile,
    options: fc.array(fc.record({ label: hostile, command: hostile.map((words) => `status ${words}`) }), { maxLength: 4 }),
  }),
  link: fc.record({ text: hostile, url: fc.webUrl() }),
});

const onGitHub = (said: Reply, key = "reply:1") => renderMarkdown(key, "ada", "/ci-", [{ command: "status", reply: said }]);
const inSlack = (said: Reply) => renderBlockKit([{ command: "status", reply: said }]);
const saying = (...parts: Part[]): Reply => ({ outcome: "done", reason: "told", audience: "asker", parts });

describe("a reply on GitHub", () => {
  it("is never a command, whatever words are in it", () => {
    fc.assert(
      fc.property(reply, (said) => {
        const body = onGitHub(said);

        expect(findCommands(body, "/ci").commands).toEqual([]);
        expect(body.split(/\r\n|\r|\n/).filter((line) => /^\s*\/[a-z][\w-]*(\s|$)/i.test(line))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it("mentions nobody", () => {
    fc.assert(
      fc.property(reply, (said) => {
        // GitHub mentions nobody in code, and copies of logs should stay as they are.
        const parts = said.parts.filter(({ kind }) => kind !== "excerpt");

        expect(onGitHub({ ...said, parts })).not.toMatch(/@[a-z]/i);
      }),
      { numRuns: 200 },
    );
  });

  it("carries a marker that nothing in its key can end early", () => {
    const body = onGitHub(saying({ kind: "text", text: "hi" }), "a--><script>");

    expect(isOurs(body)).toBe(true);
    expect(body.endsWith("<!-- nextrust:reply a%2D%2D%3E%3Cscript%3E -->")).toBe(true);
  });

  it("fits into a comment, closing what the cut left open", () => {
    const body = onGitHub(saying(...Array.from({ length: 8 }, (): Part => ({ kind: "excerpt", text: "line\n".repeat(4_000) }))));

    expect(body.length).toBeLessThanOrEqual(65_536);
    expect((body.match(/^```/gm) ?? []).length % 2).toBe(0);
    expect(body).toContain("_Cut: the answer is longer than GitHub takes._");
  });

  it("fences an excerpt longer than any fence inside it", () => {
    expect(onGitHub(saying({ kind: "excerpt", text: "a\n````\n/ci-status\n" }))).toContain("`````text\na\n````\n\u2060/ci-status");
  });
});

describe("rendering", () => {
  it.each([
    ["line separators", "\u2028"],
    ["spaces", " "],
    ["blank lines", " \n"],
    ["backticks", "`"],
    ["slashes", "/"],
    ["numbers", "1"],
    ["www", "www."],
    ["quotes", "> "],
  ])("stays quick on 60,000 %s", (_, unit) => {
    const words = unit.repeat(60_000 / unit.length);
    const said = saying({ kind: "text", text: words }, { kind: "excerpt", text: words });
    const startedAt = process.cpuUsage();

    onGitHub(said);
    inSlack(said);
    renderTerminal(said);

    expect(process.cpuUsage(startedAt).user / 1000).toBeLessThan(200);
  });
});

describe("a reply in Slack", () => {
  it("is taken by Slack, whatever words are in it", () => {
    fc.assert(
      fc.property(reply, (said) => {
        expect(blockKitProblem(inSlack(said).blocks as never)).toBeUndefined();
      }),
      { numRuns: 200 },
    );
  });

  it("has no markup: its words are elements of rich text, and its notification is escaped", () => {
    const { text, blocks } = inSlack(saying({ kind: "text", text: "<!channel> & *you*" }));

    expect(text).toBe("&lt;!channel&gt; &amp; *you*");
    expect(blocks).toEqual([
      { type: "rich_text", elements: [{ type: "rich_text_section", elements: [{ type: "text", text: "<!channel> & *you*" }] }] },
    ]);
  });

  it("says state and job within 80 characters on a phone", () => {
    const { text } = inSlack(saying({ kind: "text", mood: "bad", text: `#2: test-rust failed · ${"x".repeat(200)}` }));

    expect(text).toMatch(/^❌ #2: test-rust failed/);
    expect([...text].length).toBeLessThanOrEqual(80);
  });

  it("says on a phone whose it is, where others see it, within the same 80 characters", () => {
    const said = saying({ kind: "text", mood: "bad", text: `test-rust failed on #2 · ${"x".repeat(200)}` });

    const { text } = renderBlockKit([{ command: "status", reply: said }], { asker: "ada" });

    expect(text).toMatch(/^❌ test-rust failed on #2 .*… · ada$/);
    expect([...text]).toHaveLength(80);
  });

  it("says by words what it says by an icon", () => {
    const moods = ["good", "bad", "busy", "idle"] as const;
    const blocks = inSlack(
      saying({ kind: "table", columns: ["a"], rows: moods.map((mood) => ({ mood, cells: [`it is ${mood}`] })) }),
    ).blocks;

    for (const mood of moods) expect(JSON.stringify(blocks)).toContain(`it is ${mood}`);
  });

  it("shows a moment in each reader's own time zone, which GitHub cannot", () => {
    const said = saying({ kind: "facts", facts: [{ label: "Since", value: { at: Date.UTC(2026, 10, 22, 9, 5) } }] });

    const date = { type: "date", timestamp: 1_795_338_300, format: "{date_short_pretty} at {time}", fallback: "2026-11-22 09:05 UTC" };
    expect(JSON.stringify(inSlack(said).blocks)).toContain(JSON.stringify(date));
    expect(onGitHub(said)).toContain("Since: 2026-11-22 09:05 UTC");
    expect(renderTerminal(said)).toContain("2026-11-22 09:05 UTC");
  });

  it("lists a choice in a menu, without the commands that a menu would cut", () => {
    const options = [
      { label: "x".repeat(200), command: "status a/b@" },
      { label: "b", command: "y".repeat(151) },
    ];
    const said = { ...saying({ kind: "text", text: "hi" }), choice: { label: "Choose", options } };

    const { blocks } = inSlack(said);

    expect(blockKitProblem(blocks as never)).toBeUndefined();
    expect(JSON.stringify(blocks)).toContain('"value":"status a/b@"');
    expect(JSON.stringify(blocks)).not.toContain("yyy");
    expect(onGitHub({ ...said, choice: { label: "Choose", options: [{ label: "One", command: "status a/b@" }] } })).toContain(
      "/ci-status a/b@",
    );
  });

  it("shows at most three buttons with short labels", () => {
    const actions = Array.from({ length: 5 }, (_, index) => ({ label: `Button ${index} ${"x".repeat(40)}`, command: "status" }));
    const block = inSlack({ ...saying({ kind: "text", text: "hi" }), actions }).blocks.find(({ type }) => type === "actions") as never as {
      elements: { text: { text: string } }[];
    };

    expect(block.elements).toHaveLength(3);
    expect(Math.max(...block.elements.map((button) => button.text.text.length))).toBeLessThanOrEqual(25);
  });

  it("has no button whose command would have to be cut, because that would be another command", () => {
    const actions = ["status #2", `status ${"x".repeat(2_000)}`, "help"].map((command) => ({ label: command, command }));
    const block = inSlack({ ...saying({ kind: "text", text: "hi" }), actions }).blocks.find(({ type }) => type === "actions") as never as {
      elements: { value: string }[];
    };

    expect(block.elements.map(({ value }) => value)).toEqual(["status #2", "help"]);
  });

  it("opens a page that is for the asker's eyes only where nobody else reads along, and gives the command elsewhere", () => {
    const offer = { label: "Link", command: "link", privateUrl: "https://ci.example/start?state=x" };
    const reply = { ...saying({ kind: "text", text: "hi" }), actions: [offer] };
    const button = (isPrivate: boolean) => {
      const block = renderBlockKit([{ reply }], { isPrivate }).blocks.find(({ type }) => type === "actions");
      return (block as never as { elements: Record<string, unknown>[] }).elements[0];
    };

    expect(button(true)).toMatchObject({ url: offer.privateUrl, action_id: "page:0" });
    expect(button(true)).not.toHaveProperty("value");
    expect(button(false)).toMatchObject({ value: "link", action_id: "command:0" });
    expect(button(false)).not.toHaveProperty("url");
    expect(renderMarkdown("k", "ada", "/ci-", [{ command: "x", reply }])).not.toContain("state=x");
  });

  it("cuts what is longer than a message may be", () => {
    const blocks = inSlack(saying(...Array.from({ length: 5 }, (): Part => ({ kind: "excerpt", text: "x".repeat(10_000) })))).blocks;

    expect(JSON.stringify(blocks).length).toBeLessThan(13_200);
  });

  it("says how many rows do not fit, and shows no empty ones", () => {
    const rows = Array.from({ length: 50 }, (_, index) => ({ cells: [`row ${index}`, "x".repeat(1_000)] }));
    const blocks = inSlack(saying({ kind: "table", columns: ["A", "B"], rows, more: "and 3 more" })).blocks;

    expect(JSON.stringify(blocks)).toContain('"row 11"');
    expect(JSON.stringify(blocks)).not.toContain('"row 12"');
    expect(JSON.stringify(blocks)).toContain("38 more do not fit into this message.");
    expect(JSON.stringify(blocks)).toContain("and 3 more");
    expect(JSON.stringify(blocks)).not.toContain('[{"type":"text","text":" "');
  });
});

describe("a reply in the terminal", () => {
  it("is aligned, and plain where there is no terminal", () => {
    const said: Reply = {
      ...saying(
        { kind: "text", text: "#2: test-rust failed", mood: "bad" },
        {
          kind: "facts",
          facts: [
            { label: "Commit", value: "ab12cd3" },
            { label: "Jobs", value: "1 failed" },
          ],
        },
        {
          kind: "table",
          columns: ["State", "Job"],
          rows: [{ mood: "bad", cells: ["failed, required", { text: "test-rust", url: "https://x.test" }] }],
          more: "and 3 more",
        },
      ),
      link: { text: "#2", url: "https://x.test/2" },
    };

    expect(renderTerminal(said)).toMatchInlineSnapshot(`
      "#2: test-rust failed

      Commit  ab12cd3
      Jobs    1 failed

      State             Job
      failed, required  test-rust
      and 3 more

      https://x.test/2
      "
    `);
  });

  it("sends no control character to the terminal", () => {
    fc.assert(
      fc.property(hostile, (words) => {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
        expect(renderTerminal(saying({ kind: "text", text: words }))).not.toMatch(/[\u0000-\u0008\u001b\u009b]/);
      }),
    );
  });
});
