import { z } from "zod";
import { globProblem } from "../pipeline/policy/glob.ts";
import { isEndless } from "../pipeline/policy/quiet-hours.ts";
import { conclusions, type Rule, runEvents, weekdays } from "../pipeline/policy/rule.ts";
import { repository, slackId, zone } from "./words.ts";

const pattern = z.string().superRefine((value, { addIssue }) => {
  const problem = globProblem(value);
  if (problem !== undefined) addIssue(problem);
});
const patterns = z.array(pattern).min(1);
const login = z.string().regex(/^[\w-]+(\[bot\])?$/, "is not a GitHub login");
const logins = z.array(login).min(1);
const team = z.string().regex(/^[\w-]+\/[\w-]+$/, "is not of the form organisation/team");
const event = z.enum(runEvents, "is not the name of an event that starts runs, such as push or pull_request");

const RuleKeys = z.strictObject({
  repositories: z.array(repository).min(1).optional().meta({ description: "some of the channel's repositories", unset: "all of them" }),
  workflows: patterns.optional().meta({ description: "names of workflows; `*` stands for anything", unset: "all" }),
  branches: patterns.optional().meta({ description: "names of branches: `main`, `release/*`", unset: "all" }),
  events: z
    .array(event)
    .min(1)
    .optional()
    .meta({ description: "what started the run", unset: "`push`, `schedule`, `workflow_dispatch`, `merge_group`, `release`" }),
  actors: z
    .strictObject({
      only: logins.optional().meta({ description: "logins: runs that they started, and no others" }),
      not: logins.optional().meta({ description: "logins: no runs that they started" }),
    })
    .optional(),
  bots: z.enum(["in", "out"]).optional().meta({ description: "whether runs that bots started count (`in`) or not (`out`)", unset: "`in`" }),
  conclusions: z
    .array(z.enum(conclusions))
    .min(1)
    .optional()
    .meta({
      description: `how the run ended: ${conclusions.map((one) => `\`${one}\``).join(", ")}`,
      unset: "`failure`, `timed_out`, `startup_failure`, `recovered`",
    }),
  paths: patterns.optional().meta({ description: "at least one changed file fits one of these patterns: `src/**`", unset: "any" }),
  teams: z
    .array(team)
    .min(1)
    .optional()
    .meta({ description: "`organisation/team`: whoever started the run is in one of them", unset: "any" }),
  attempts: z.enum(["first", "all"]).optional().meta({ description: "`first` says nothing when a re-run fails again", unset: "`all`" }),
});

/** Where the rule stands is added when the file was read. */
const FileRule = RuleKeys.transform((rule): Rule => rule);

const time = (latest: RegExp) => z.string().regex(latest, "is not a time of the day, such as 08:00");

const QuietWindow = z
  .strictObject({
    from: time(/^([01]\d|2[0-3]):[0-5]\d$/).meta({ description: "when it begins, on the clock there: `18:00`" }),
    to: time(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/).meta({ description: "when it ends, on the next day when that is earlier: `08:00`" }),
    zone: zone.meta({ description: "IANA time zone" }),
    days: z
      .array(z.enum(weekdays))
      .min(1)
      .optional()
      .meta({ description: "the days on which it begins: `mon`, `tue`, …", unset: "every day" }),
  })
  .superRefine(({ from, to }, { addIssue }) => {
    if (from === to) addIssue({ code: "custom", path: ["to"], message: "is the same as from, so the window is empty" });
  });

const Digest = z.strictObject({
  at: time(/^([01]\d|2[0-3]):[0-5]\d$/).meta({ description: "when it is told, on the clock there: `09:00`" }),
  zone: zone.meta({ description: "IANA time zone" }),
  days: z
    .array(z.enum(weekdays))
    .min(1)
    .optional()
    .meta({ description: "the days on which it is told: `mon`, `tue`, …", unset: "every day" }),
});

const Channel = z
  .strictObject({
    id: slackId("CG", "channel").meta({ description: "id of a Slack channel" }),
    repositories: z
      .array(repository)
      .min(1)
      .meta({ description: "the repositories (`owner/name`) it speaks of; everyone in it may read their pipelines" }),
    notify: z
      .array(FileRule)
      .optional()
      .meta({ description: "which runs it is told of; one rule that fits is enough ([channels](channels.md))", unset: "none" }),
    threads: z
      .enum(["flat", "threaded"])
      .optional()
      .meta({ description: "`threaded`: one message for each branch or pull request, the rest below it", unset: "`flat`" }),
    quietHours: z
      .array(QuietWindow)
      .refine(
        (windows) => windows.some((one) => !QuietWindow.safeParse(one).success) || !isEndless(windows),
        "leave no time in which anything could be told",
      )
      .optional()
      .meta({ description: "when nothing is posted; what came is told together at the end", unset: "none" }),
    digest: Digest.optional().meta({
      description: "when it hears once a day how its `incidents` stand ([incidents](incidents.md)); nothing where there is nothing to tell",
      unset: "never",
    }),
  })
  .superRefine(({ repositories, notify = [] }, { addIssue }) => {
    const bound = new Set(repositories.map((one) => one.toLowerCase()));
    for (const [at, rule] of notify.entries()) {
      for (const [index, named] of (rule.repositories ?? []).entries()) {
        if (bound.has(named.toLowerCase())) continue;
        const path = ["notify", at, "repositories", index];
        addIssue({ code: "custom", path, message: `names ${named}, which is not among this channel's repositories` });
      }
    }
  });

export const Channels = z.array(Channel).superRefine((channels, { addIssue }) => {
  const known = new Set<string>();
  for (const [at, { id }] of channels.entries()) {
    if (known.has(id)) addIssue({ code: "custom", path: [at, "id"], message: "is listed before: write everything about a channel once" });
    known.add(id);
  }
});
