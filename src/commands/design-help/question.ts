import { UserError } from "../../errors.ts";
import { plainText } from "../../pipeline/ai/plain-text.ts";
import { quoted } from "../../pipeline/next-step.ts";
import type { Arguments } from "../grammar/arguments.ts";
import type { TargetRef } from "../grammar/target.ts";

const longestQuestion = 2_000;
const longestError = 4_000;
/** What is longer is no button any more, and fills a comment. */
const longestOffer = 500;

/** What a person asks, as they said it. */
export interface DesignQuestion {
  readonly question: string;
  readonly error?: string;
  readonly phase?: string;
  /** What stands on the lines below the question. */
  readonly below?: string;
  readonly isForced: boolean;
  readonly target?: TargetRef;
}

/** @throws UserError (invalid) */
export function takeQuestion(args: Arguments): DesignQuestion {
  const isForced = args.switch("force");
  const error = args.option("error");
  const phase = args.option("phase");
  const prompt = args.option("prompt");
  const target = args.target();
  if (target?.ref !== undefined)
    throw new UserError("invalid", "no_branch", "A design is about a pull request (#12) or a repository (owner/repo@), not a branch.");
  // What is misspelt is told before what is missing.
  args.finish();
  refuseMisplaced(args.text);
  const said = args.text ?? prompt;
  if (args.text !== undefined && prompt !== undefined)
    throw new UserError("invalid", "two_questions", "--prompt is the question, and another one stands behind it: say one of them.");
  const question = said ?? args.reason;
  if (question === undefined || plainText(question, 2 * longestQuestion).trim() === "")
    throw new UserError("invalid", "missing_argument", "What is missing here: the question, as in design-help How do we split the build?");
  const below = said === undefined ? undefined : args.reason;
  return {
    question: capped("The question", question, longestQuestion),
    ...(error !== undefined && { error: capped("The error", error, longestError) }),
    ...(phase !== undefined && { phase }),
    ...(below !== undefined && { below: capped("What stands below the question", below, longestError) }),
    isForced,
    ...(target && { target }),
  };
}

function capped(what: string, words: string, most: number): string {
  const plain = plainText(words, words.length + 1).trim();
  const length = [...plain].length;
  if (length <= most) return plain;
  const [has, may] = [length, most].map((count) => count.toLocaleString("en-US"));
  throw new UserError("invalid", "too_long", `${what} has ${has} characters, and may have ${may}. Leave out what matters least.`);
}

/** An option behind the question's first word is a word of it, and hardly meant to be. */
function refuseMisplaced(words = ""): void {
  const option = words.split(/\s+/).find((word) => /^--(?:force|error|phase|prompt)(?:=|$)/.test(word));
  if (option === undefined || /^["“„]/.test(words)) return;
  const [name] = option.split("=");
  throw new UserError(
    "invalid",
    "misplaced_option",
    `${name} stands before the question, or else in quotes with all of the question: design-help ${name} …, or design-help "How does … ${name} …?"`,
  );
}

/** The command that asks the same anew; undefined where it is too long, or has lines that a button cannot hold. */
export function again({ question, error, phase, below, target }: DesignQuestion): string | undefined {
  const place =
    target && `${target.repository ?? ""}${target.pullRequest === undefined ? `@${target.ref ?? ""}` : `#${target.pullRequest}`}`;
  const words = [
    "design-help",
    ...(place === undefined ? [] : [place]),
    "--force",
    ...(error === undefined ? [] : [`--error ${inQuotes(error)}`]),
    ...(phase === undefined ? [] : [`--phase ${quoted(phase)}`]),
    inQuotes(question),
  ].join(" ");
  return below === undefined && words.length <= longestOffer && !/[\n\u0060]/.test(words) ? words : undefined;
}

const inQuotes = (words: string): string => `"${words.replaceAll(/["“”„\\]/g, "\\$&")}"`;
