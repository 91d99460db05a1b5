import { UserError } from "../errors.ts";
import { describeScore } from "../pipeline/orchestrator/describe-score.ts";
import { scoreOf } from "../pipeline/orchestrator/score.ts";
import { mostDecisions } from "../pipeline/orchestrator/weekly-alert.ts";
import { isSameName } from "../pipeline/same-name.ts";
import { done, type Reply, text } from "../reply.ts";
import type { Services } from "../services.ts";
import { defineCommand, type Target } from "./command.ts";
import type { TargetRef } from "./grammar/target.ts";
import { askedFor, type Span, takeSpan, usualSpan } from "./usage/span.ts";

interface Input {
  readonly target?: TargetRef;
  readonly span?: Span;
}

type Needs = Pick<Services, "records" | "money" | "followed" | "secrets" | "now">;

export const analytics = defineCommand({
  name: "analytics",
  usage: "[owner/repo@] [days=7|since=… until=…]",
  summary: "Show who decided about failures, and how often that was right.",
  examples: [
    { args: "", does: "the last seven days", canBeTried: true },
    { args: "days=30", does: "the last thirty", canBeTried: true },
    { args: "since=2026-11-01 until=2026-11-07", does: "some days, the last one included" },
  ],
  role: "write",
  isInternal: true,
  parse(args): Input {
    const target = args.target();
    if (target?.ref !== undefined || target?.pullRequest !== undefined)
      throw new UserError("invalid", "bad_target", "Decisions are counted for whole repositories (owner/repo@).");
    const span = takeSpan(args);
    return { ...(target && { target }), ...(span && { span }) };
  },
  targetOf: ({ target }) => target,

  async run({ span }, { target }, services: Needs): Promise<Reply> {
    const { records, money, followed, secrets, now } = services;
    const { repository } = target as Target;
    const { query, words } = askedFor(span ?? usualSpan, now(), money.zone);
    const found = await records.transaction(({ decisions }) => decisions.list({ since: 0, ...query, repository }, mostDecisions));
    if (found.length > 0) return done("listed", ...describeScore(scoreOf(found), repository, words, secrets));
    const isFollowed = followed.some((each) => isSameName(each.repository, repository));
    const why = isFollowed ? [] : [text("Its failures are not followed: an entry in incidents of the settings changes that.")];
    return done("nothing_found", text(`No failure of ${repository} was decided about ${words}.`), ...why);
  },
});
