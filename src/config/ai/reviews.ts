import { z } from "zod";
import { globProblem } from "../../pipeline/policy/glob.ts";
import { type ReviewRules, reviewChannels, reviewTriggers } from "../../pipeline/reviews/rules.ts";
import { isSameName } from "../../pipeline/same-name.ts";
import { repository } from "../words.ts";

const glob = z.string().superRefine((value, { addIssue }) => {
  const problem = globProblem(value);
  if (problem !== undefined) addIssue(problem);
});

const Rules = z.strictObject({
  repository: repository.meta({ description: "the repository (`owner/name`)" }),
  channel: z.enum(reviewChannels).default("gemini").meta({ description: "who reviews where nobody names a channel" }),
  on: z.array(z.enum(reviewTriggers)).default([]).meta({
    description:
      "when a review begins by itself: `opened`, `ready` (no longer a draft), `push` (only what is new), `phase` (a session says that its phase is complete); never for forks",
    unset: "only when somebody asks",
  }),
  guidelines: z
    .string()
    .max(200)
    .regex(/^(?!.*(?:^|\/)\.\.(?:\/|$))[\w][\w./ -]*$/, "is not the path of a file in the repository")
    .default("GEMINI.md")
    .meta({ description: "the file that says what reviewers heed; it is read from the base branch" }),
  maxFindings: z.int().min(1).max(30).default(10).meta({ description: "findings (at most 30) of one review" }),
  tokensPerCall: z.int().min(2000).max(500_000).default(30_000).meta({ description: "tokens of the diff (at most 500000) in one call" }),
  maxCalls: z.int().min(1).max(20).default(4).meta({
    description: "calls (at most 20) that one review may take; files beyond that are named as not reviewed",
  }),
  skip: z
    .strictObject({
      drafts: z.boolean().default(true).meta({ description: "no review of drafts" }),
      bots: z.boolean().default(true).meta({ description: "nor of what bots open" }),
      labels: z.array(z.string().min(1).max(100)).default(["no-review"]).meta({ description: "nor with one of these labels" }),
      fewerLinesThan: z.int().min(0).max(10_000).default(1).meta({ description: "nor where fewer lines (at most 10000) changed" }),
      paths: z
        .array(glob)
        .default([])
        .meta({ description: "globs of files that are never reviewed, beside lock files and what is generated" }),
    })
    .prefault({})
    .meta({ description: "what is not reviewed unless somebody asks" }),
});

/** `ai.reviews`: how pull requests are reviewed. */
export const Reviews = z.array(Rules).superRefine((all, { addIssue }) => {
  for (const [at, { repository: name }] of all.entries())
    if (all.findIndex((each) => isSameName(each.repository, name)) < at)
      addIssue({ code: "custom", path: [at, "repository"], message: `${name} has rules already` });
});

const toRules = ({ maxFindings, maxCalls, ...rest }: z.infer<typeof Rules>): ReviewRules => ({
  ...rest,
  mostFindings: maxFindings,
  mostCalls: maxCalls,
});

/** The rules of a repository: its own, or the usual ones. */
export function reviewRulesOf(all: z.infer<typeof Reviews>, name: string): ReviewRules {
  return toRules(all.find((each) => isSameName(each.repository, name)) ?? Rules.parse({ repository: name }));
}
