import { type Conclusion, defaultConclusions, type Rule } from "../pipeline/policy/rule.ts";
import { done, type Reply, type Row, text } from "../reply.ts";
import type { Services } from "../services.ts";
import { atTime } from "./at-time.ts";
import type { Context } from "./command.ts";

type Needs = Pick<Services, "records" | "policies">;

/** Every rule of the channel: those of the file, called f1, f2, …, and those that people subscribed to, called s1, s2, … */
export async function listSubscriptions(
  channel: string,
  { prefix }: Pick<Context, "prefix">,
  { records, policies }: Needs,
): Promise<Reply> {
  const policy = policies.find(({ id }) => id === channel);
  const ofFile = (policy?.notify ?? []).map((rule, index): Row => {
    const words = ruleInWords({ ...rule, repositories: rule.repositories ?? policy?.repositories });
    return { cells: [`f${index + 1}`, words, rule.at ?? "settings"] };
  });
  const subscribed = (await records.transaction(({ subscriptions }) => subscriptions.list(channel))).map(
    ({ number, rule, by, since, reason }): Row => {
      const why = reason === undefined ? "" : `: ${reason}`;
      return { cells: [`s${number}`, ruleInWords(rule), `${by}, ${atTime(since)}${why}`] };
    },
  );
  const rows = [...ofFile, ...subscribed];
  if (rows.length === 0) return done("no_subscriptions", text(`This channel is told of no runs. ${prefix}subscribe changes that.`));
  return done("subscriptions", text(`This channel is told of ${rows.length === 1 ? "this" : "these"}:`), {
    kind: "table",
    columns: ["Id", "What", "By"],
    rows,
  });
}

const ends: Readonly<Record<Conclusion, string>> = {
  failure: "failures",
  recovered: "recoveries",
  success: "successes",
  cancelled: "cancelled runs",
  timed_out: "time-outs",
  action_required: "runs that wait for approval",
  startup_failure: "runs that could not start",
  neutral: "neutral runs",
  skipped: "skipped runs",
  stale: "stale runs",
};

/** `failures, recoveries of CI in owner/repo; on main` */
export function ruleInWords(rule: Rule): string {
  const { repositories = [], workflows, branches, events, conclusions = defaultConclusions, actors, bots, paths, teams, attempts } = rule;
  const parts = [
    `${conclusions.map((one) => ends[one]).join(", ")} of ${workflows?.join(", ") ?? "every workflow"} in ${repositories.join(", ")}`,
    branches && `on ${branches.join(", ")}`,
    events && `begun by ${events.join(", ")}`,
    actors?.only && `started by ${actors.only.join(", ")}`,
    actors?.not && `not started by ${actors.not.join(", ")}`,
    bots === "out" && "not started by bots",
    teams && `started by ${teams.join(", ")}`,
    paths && `changing ${paths.join(", ")}`,
    attempts === "first" && "first attempts only",
  ];
  return parts.filter(Boolean).join("; ");
}
