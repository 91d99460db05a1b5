import { z } from "zod";
import { Ai } from "./ai.ts";
import { Budgets } from "./budgets.ts";
import { Channels } from "./channels.ts";
import { Hooks } from "./hooks.ts";
import { Incidents, mistakesInDigests, mistakesInIncidents } from "./incidents.ts";
import { Mirror, mistakesIn } from "./mirror.ts";
import { OnCallSchedules } from "./on-call.ts";
import { Pager } from "./pager.ts";
import { Phases } from "./phases.ts";
import { mistakesInReports, Reports } from "./reports.ts";
import { Runners } from "./runners.ts";
import { repository, slackId } from "./words.ts";

// Numeric ids authorise; the login is where to look them up.
const Link = z.strictObject({
  slack: slackId("UW", "person").meta({ description: "id of a person in Slack" }),
  github: z.strictObject({
    id: z.int().positive().meta({ description: "the numeric id of their GitHub account, which is what counts" }),
    login: z.string().min(1).meta({ description: "its login, to look the account up" }),
  }),
});

const DiscussionPlace = z.strictObject({
  repository: repository.meta({ description: "the repository (`owner/name`)" }),
  category: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]*$/, "is not the slug of a category, as in the category's address")
    .meta({ description: "slug of a category of its Discussions, as its address ends: `announcements`" }),
});

const Discussions = z.array(DiscussionPlace).superRefine((places, { addIssue }) => {
  const known = new Set<string>();
  for (const [at, { repository }] of places.entries()) {
    const key = repository.toLowerCase();
    if (known.has(key)) addIssue({ code: "custom", path: [at, "repository"], message: `${repository} has a category already` });
    known.add(key);
  }
});

/** What a team edits: `config/nextrust.yml`. Unknown keys are refused. docs/configuration.md is generated from the descriptions. */
export const Settings = z
  .strictObject({
    prefix: z
      .string()
      .regex(/^[a-z][a-z0-9]{0,19}$/, "is not a lower-case word of at most 20 letters and digits")
      .default("ci")
      .meta({ description: "the word after the slash: `/ci status` in Slack, `/ci-status` on GitHub" }),
    channels: Channels.default([]).meta({ description: "which repositories a channel speaks of, and what it is told" }),
    fallbackChannel: slackId("CG", "channel").optional().meta({
      description: "id of the channel that gets what another one cannot be sent: it was archived, or the bot was removed",
      unset: "none: what cannot be sent is logged and kept",
    }),
    discussions: Discussions.default([]).meta({
      description: "where the bot posts what concerns a whole repository: its phases, as they change",
    }),
    mirror: Mirror.default([]).meta({
      description:
        "the repositories whose pull requests have a thread in Slack, in which their comments and replies are one conversation (docs/mirroring.md)",
    }),
    incidents: Incidents.default([]).meta({
      description: "the repositories whose failures are followed: told of, owned, and closed when it is green again (docs/incidents.md)",
    }),
    onCall: OnCallSchedules.default([]).meta({ description: "who is on call (docs/on-call.md)" }),
    pager: Pager.optional().meta({ description: "the pager that escalations go to (docs/pager.md)", unset: "nobody is paged" }),
    budgets: Budgets.meta({ description: "where budgets are told of (docs/budgets.md)" }),
    ai: Ai.meta({ description: "which models are asked, and what for (docs/ai.md)" }),
    runners: Runners.default([]).meta({
      description:
        "what minutes on runners cost, where GitHub's list prices do not say it; the first that fits a job counts (docs/runner-minutes.md)",
    }),
    reports: Reports.meta({ description: "the weekly report of what AI cost (docs/usage.md)" }),
    hooks: Hooks.meta({ description: "what the hooks of Claude Code do in this repository (docs/hooks.md)" }),
    links: z.array(Link).default([]).meta({ description: "who a Slack person is on GitHub" }),
    allow: z
      .strictObject({
        slackUsers: z
          .array(slackId("UW", "person"))
          .default([])
          .meta({ description: "ids of guests and people of other workspaces who are heard all the same" }),
        slackChannels: z
          .array(slackId("CG", "channel"))
          .default([])
          .meta({ description: "ids of channels shared with another workspace in which the bot answers all the same" }),
        githubBots: z.array(z.int().positive()).default([]).meta({ description: "numeric ids of other bots whose commands count" }),
        internalsOn: z.array(repository).default([]).meta({
          description:
            "public repositories on which `audit`, `incidents`, `usage` and `budget` answer, and costs, what Claude Code did and the weekly report are told, all the same, for everybody to read",
        }),
      })
      .prefault({}),
    phases: Phases.meta({ description: "the phases of repositories, for `check-phase` and `set-phase` (docs/phases.md)" }),
    cooldownSeconds: z.int().min(0).max(3600).default(30).meta({
      description: "seconds (at most 3600) that one person waits between two uses of one command that changes something in one repository",
    }),
  })
  .superRefine((settings, context) => {
    const { channels, mirror, incidents } = settings;
    for (const { path, message } of mistakesIn(mirror, channels)) context.addIssue({ code: "custom", path: ["mirror", ...path], message });
    for (const { path, message } of mistakesInIncidents(incidents, settings))
      context.addIssue({ code: "custom", path: ["incidents", ...path], message });
    for (const { path, message } of mistakesInDigests(channels, incidents))
      context.addIssue({ code: "custom", path: ["channels", ...path], message });
    for (const { path, message } of mistakesInReports(settings.reports, settings))
      context.addIssue({ code: "custom", path: ["reports", ...path], message });
  });
export type Settings = z.infer<typeof Settings>;
