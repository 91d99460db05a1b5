import { describe, expect, it } from "vitest";
import { findCommands } from "../../src/bot/github/find-commands.ts";
import { renderBlockKit } from "../../src/bot/render/block-kit.ts";
import { renderMarkdown } from "../../src/bot/render/markdown.ts";
import { fromClick } from "../../src/bot/slack/to-delivery.ts";
import { Arguments } from "../../src/commands/grammar/arguments.ts";
import { type CommandLine, parseSlashText } from "../../src/commands/grammar/command-line.ts";
import { takePinnedTarget } from "../../src/commands/head.ts";
import { type Head, nextStep, quoted } from "../../src/pipeline/next-step.ts";
import { done, text } from "../../src/reply.ts";

const names = [
  "test",
  "test (ubuntu, 3.12)",
  "--failed",
  "--debug",
  "--",
  "a -- b",
  "#12",
  "@main",
  "acme/shop#9",
  "acme/shop@dev",
  "sha=ab12cd3",
  "key=value",
  'say "hi"',
  "C:\\temp\\",
  'end \\"',
  "build — release",
  "“curly” „low“ ‘single’",
  "\\“escaped”",
  "a < b && b > c",
  "&lt;b&gt;",
  "deploy @ada",
  "<@U0000001>",
  "*bold* _it_ `code`",
  "https://x.test/pull/3",
  "12",
  "/ci-cancel",
];

const head: Head = { surface: "slack", repository: "acme/shop", pullRequest: 12, headSha: "ab12cd3".padEnd(40, "0") };
const offer = (name: string, place = head) => nextStep("Show the log", `get-logs ${quoted(name)}`, place);
const answers = (name: string, place = head) => [
  { command: "status", reply: { ...done("told", text("x")), actions: [offer(name, place)] } },
];

/** As a command takes it apart. */
function understood(line: CommandLine | undefined) {
  if (!line) throw new Error("No command was found.");
  const args = Arguments.parse(line);
  const flags = [args.switch("failed"), args.switch("debug")];
  const { target, sha } = takePinnedTarget(args);
  const words = args.words();
  args.finish();
  return { verb: line.verb, words, target, sha, flags };
}

const whole = (name: string, target?: object) => ({ verb: "get-logs", words: [name], target, sha: "ab12cd3", flags: [false, false] });

describe("a job's name in an offer", () => {
  it.each(names)("comes back by a click: %s", (name) => {
    const value = /"value":("(?:[^"\\]|\\.)*")/.exec(JSON.stringify(renderBlockKit(answers(name), {}).blocks))?.[1] ?? '""';
    const body = {
      trigger_id: "1",
      team: { id: "T1" },
      user: { id: "U1", username: "ada" },
      channel: { id: "C1" },
      response_url: "https://x.test/",
      actions: [{ value: JSON.parse(value) }],
    };
    const delivery = fromClick(body, 0);

    expect(delivery.isClick).toBe(true);
    expect(understood(parseSlashText(delivery.text))).toEqual(whole(name, { repository: "acme/shop", pullRequest: 12 }));
  });

  it.each(names)("comes back when it is copied from a comment on GitHub: %s", (name) => {
    const here: Head = { ...head, surface: "github", here: 12 };
    const body = renderMarkdown("reply:1", "ada", "/ci-", answers(name, here));
    const [, , code = ""] = /(`+) (\/ci-.*?) \1(?!`)/.exec(body) ?? [];

    expect(understood(findCommands(code, "/ci").commands[0])).toEqual(whole(name));
  });
});

describe("an offer's place", () => {
  const { pullRequest: _, ...onBranch } = { ...head, ref: "release/1.2" };

  it.each([
    ["of the pull request that it is shown on", { ...head, surface: "github", here: 12 }, ""],
    ["of another pull request", { ...head, surface: "github", here: 13 }, " acme/shop#12"],
    ["of a branch", { ...onBranch, surface: "github", here: 12 }, " acme/shop@release/1.2"],
    ["in an issue", { ...head, surface: "github" }, " acme/shop#12"],
    ["in Slack", head, " acme/shop#12"],
    ["of a branch in Slack", onBranch, " acme/shop@release/1.2"],
  ] as const)("is named unless it is that %s", (_, place, named) => {
    expect(offer("test", place as Head).command).toBe(`get-logs test${named} sha=ab12cd3`);
  });
});
