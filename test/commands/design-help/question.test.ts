import { describe, expect, it } from "vitest";
import { again, type DesignQuestion, takeQuestion } from "../../../src/commands/design-help/question.ts";
import { designHelp } from "../../../src/commands/design-help.ts";
import { Arguments } from "../../../src/commands/grammar/arguments.ts";
import { parseSlashText } from "../../../src/commands/grammar/command-line.ts";
import { UserError } from "../../../src/errors.ts";

const parse = (text: string): DesignQuestion => takeQuestion(Arguments.parse(parseSlashText(`design-help ${text}`), designHelp.takesText));

function refusal(text: string): UserError {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error(`${text} was taken.`);
}

describe("a question for design help", () => {
  it.each<[string, Partial<DesignQuestion>]>([
    ["How do we split it?", { question: "How do we split it?", isForced: false }],
    ["--force How?", { question: "How?", isForced: true }],
    ["#12 How?", { question: "How?", target: { pullRequest: 12 } }],
    ["owner/repo@ How?", { question: "How?", target: { repository: "owner/repo" } }],
    ["--phase phase-2 How?", { phase: "phase-2", question: "How?" }],
    ['--error "undefined symbol: a=b" How?', { error: "undefined symbol: a=b", question: "How?" }],
    ["--error=E0308 #12 --force How?", { error: "E0308", isForced: true, target: { pullRequest: 12 }, question: "How?" }],
    ['--prompt "How do we split it?"', { question: "How do we split it?" }],
    // Of the question nothing is taken for an argument.
    [
      'Why does NODE_ENV=production need "quotes, and #13 @main?',
      { question: 'Why does NODE_ENV=production need "quotes, and #13 @main?' },
    ],
    ['"When do we git push --force?"', { question: "When do we git push --force?" }],
    [`${"word ".repeat(200)}?`, { question: `${"word ".repeat(200)}?` }],
    ["How?\nerror: linking failed\n  note: ld returned 1", { question: "How?", below: "error: linking failed\n  note: ld returned 1" }],
    ["\nHow do we\nsplit it?", { question: "How do we\nsplit it?" }],
    ["x".repeat(2_000), { question: "x".repeat(2_000) }],
    [`--error ${"e".repeat(4_000)} How?`, { error: "e".repeat(4_000) }],
    ["Ho\u202ew\u200b?", { question: "How?" }],
  ])("is taken as it was typed: %s", (text, expected) => {
    expect(parse(text)).toMatchObject(expected);
  });

  it.each([
    ["", "missing_argument", "the question, as in"],
    ["#12", "missing_argument", "the question"],
    ["\u200b \u200b", "missing_argument", "the question"],
    ["--error", "missing_value", "--error"],
    ["x".repeat(2_001), "too_long", "The question has 2,001 characters, and may have 2,000."],
    [`--error ${"e".repeat(4_001)} How?`, "too_long", "The error has 4,001 characters"],
    [`How?\n${"e".repeat(4_001)}`, "too_long", "What stands below the question has 4,001"],
    ["--prompt How? And why?", "two_questions", "--prompt is the question"],
    ["How do we split it? --force", "misplaced_option", "--force stands before the question"],
    ["How do we split it? --error=E0308", "misplaced_option", "--error stands before"],
    ["--forced How?", "unknown_argument", "Did you mean --force"],
    ["@main How?", "no_branch", "not a branch"],
    ["--force=yes How?", "bad_value", "--force takes no value"],
  ])("is refused with what to do: %s", (text, reason, words) => {
    const { outcome, reason: found, message } = refusal(text);

    expect({ outcome, reason: found }).toEqual({ outcome: "invalid", reason });
    expect(message).toContain(words);
  });

  it.each(['How "exactly"? \\o/', '--error "a \\"b\\"" --phase phase-2 #12 How?', "owner/repo#7 --force Why a=b?"])(
    "is offered to be asked anew, as the same: %s",
    (text) => {
      const first = parse(text);

      const command = again(first);

      expect(parse((command ?? "").replace(/^design-help /, ""))).toEqual({ ...first, isForced: true });
    },
  );

  it.each([
    ["a question that is long", "x".repeat(600)],
    ["one with lines below it", "How?\nerror"],
    ["one of several lines", "\nHow\nthen?"],
  ])("is not offered again where it does not fit: %s", (_, text) => {
    expect(again(parse(text))).toBeUndefined();
  });
});
