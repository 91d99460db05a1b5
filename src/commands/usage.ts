import { UserError } from "../errors.ts";
import { standings } from "../pipeline/budgets/standing.ts";
import { scoreOf } from "../pipeline/orchestrator/score.ts";
import { mostDecisions } from "../pipeline/orchestrator/weekly-alert.ts";
import { longestDrawnMs } from "../pipeline/reports/day-chart.ts";
import type { Ledger, UsageKey, UsageQuery } from "../pipeline/usage/ledger.ts";
import { type Action, done, type Reply, text } from "../reply.ts";
import type { Services } from "../services.ts";
import { defineCommand, type Target } from "./command.ts";
import type { TargetRef } from "./grammar/target.ts";
import { describeUsage, type Found } from "./usage/describe-usage.ts";
import { askedFor, type Span, takeSpan, usualSpan } from "./usage/span.ts";

const groupings = ["model", "phase", "user", "service", "pr", "session"] as const;
type Grouping = (typeof groupings)[number];

/** The ledger's key of each, and what heads its column. */
const keys: Readonly<Record<Grouping, readonly [UsageKey, string]>> = {
  model: ["model", "Model"],
  phase: ["phase", "Phase"],
  user: ["actor", "Person"],
  service: ["service", "Service"],
  pr: ["pr", "Pull request"],
  session: ["session", "Session"],
};

interface Input {
  readonly target?: TargetRef;
  readonly by?: Grouping;
  readonly span?: Span;
}

type Needs = Pick<Services, "records" | "money" | "priceBook" | "secrets" | "now">;

export const usage = defineCommand({
  name: "usage",
  usage: "[#pr|owner/repo@] [days=7|since=… until=…] [by=model|phase|user|service|pr|session]",
  summary: "Show what AI was used for this repository or pull request, and what it cost.",
  examples: [
    { args: "", does: "the last seven days by model", canBeTried: true },
    { args: "#12", does: "all that one pull request cost" },
    { args: "since=month by=user", does: "this month by person, and what it will come to", canBeTried: true },
    { args: "days=30 by=pr", does: "which pull requests were dearest", canBeTried: true },
    { args: "since=2026-11-01 until=2026-11-07", does: "some days, the last one included" },
  ],
  role: "write",
  isInternal: true,
  parse(args): Input {
    const target = args.target();
    if (target?.ref !== undefined)
      throw new UserError(
        "invalid",
        "bad_target",
        "Usage is known of pull requests (#12) and repositories (owner/repo@), not of branches.",
      );
    const by = args.pair("by");
    const span = takeSpan(args);
    return { ...(target && { target }), ...(by !== undefined && { by: args.choice("by", by, groupings) }), ...(span && { span }) };
  },
  targetOf: ({ target }) => target,

  async run({ by, span }, { target }, services: Needs): Promise<Reply> {
    const { records, secrets, now } = services;
    const { zone } = services.money;
    // Somebody with a role on one repository learns nothing of another: what was used is asked of the one that was authorised.
    const { repository, pullRequest } = target as Target;
    const about = pullRequest === undefined ? repository : `${repository}#${pullRequest}`;
    const asked = askedFor(span ?? (pullRequest === undefined ? usualSpan : undefined), now(), zone);
    const query = { ...asked.query, repository, ...(pullRequest !== undefined && { pullRequest }) };
    const shown = by ? [by] : pullRequest === undefined ? (["model"] as const) : (["model", "session"] as const);
    const found = await records.transaction(async (tx) => {
      const known = await find(query, shown, zone, tx.ledger);
      const decisions = pullRequest === undefined ? await tx.decisions.list({ since: 0, ...asked.query, repository }, mostDecisions) : [];
      const [budget] = pullRequest === undefined ? [] : await standings([{ scope: "pr", repository, pullRequest }], tx, services);
      return known && { ...known, ...(budget && { budget }), ...(decisions.length > 0 && { triage: scoreOf(decisions) }) };
    });
    const actions = nextSteps(repository, by, pullRequest);
    if (!found) {
      const how = "It is known once it was imported (nextrust import) or sent to /v1/events: docs/usage.md tells how.";
      const when = span === undefined && pullRequest !== undefined ? "yet" : asked.words;
      return { ...done("nothing_found", text(`No AI usage of ${about} is known ${when}.`), text(how)) };
    }
    return { ...done("listed", ...describeUsage(found, { about, asked, zone, now: now(), secrets })), actions };
  },
});

async function find(query: UsageQuery, by: readonly Grouping[], zone: string, ledger: Ledger): Promise<Found | undefined> {
  const [whole] = await ledger.sums(query, []);
  if (!whole) return undefined;
  const groups: Found["groups"][number][] = [];
  for (const [key, heading] of by.map((each) => keys[each])) groups.push({ key, heading, sums: await ledger.sums(query, [key]) });
  const [first] = groups;
  const unpriced = await ledger.unpriced(query);
  return {
    whole,
    groups,
    days: first && whole.lastAt - whole.firstAt < longestDrawnMs ? await ledger.sums(query, ["day", first.key], zone) : [],
    unpriced: [...new Set(unpriced.map(({ model }) => model))],
  };
}

/** What else one may want to know of it. */
function nextSteps(repository: string, by: Grouping | undefined, pullRequest: number | undefined): readonly Action[] {
  if (pullRequest !== undefined) return [{ label: "The whole repository", command: `usage ${repository}@` }];
  const others = [
    ["pr", "By pull request"],
    ["user", "By person"],
  ] as const;
  return others.filter(([each]) => each !== by).map(([each, label]) => ({ label, command: `usage by=${each} ${repository}@` }));
}
