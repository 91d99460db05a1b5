import { existsSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { Phases } from "./phases.ts";

const repository = z.string().regex(/^[\w.-]+\/[\w.-]+$/, "is not of the form owner/name");
const slackId = (first: string, what: string) =>
  z.string().regex(new RegExp(`^[${first}][A-Z0-9]{2,}$`), `is not the id of a Slack ${what}`);

const Channel = z.strictObject({
  id: slackId("CG", "channel").meta({ description: "id of a Slack channel" }),
  repositories: z
    .array(repository)
    .min(1)
    .meta({ description: "the repositories (`owner/name`) it speaks of; everyone in it may read their pipelines" }),
});

// Numeric ids authorise; the login is where to look them up.
const Link = z.strictObject({
  slack: slackId("UW", "person").meta({ description: "id of a person in Slack" }),
  github: z.strictObject({
    id: z.int().positive().meta({ description: "the numeric id of their GitHub account, which is what counts" }),
    login: z.string().min(1).meta({ description: "its login, to look the account up" }),
  }),
});

const Mirror = z.strictObject({
  repository: repository.meta({ description: "whose pull requests (`owner/name`)" }),
  channel: slackId("CG", "channel").meta({ description: "id of the channel that gets a thread for each; it must speak of the repository" }),
});

/** What a team edits: `config/nextrust.yml`. Unknown keys are refused. docs/configuration.md is generated from the descriptions. */
export const Settings = z
  .strictObject({
    prefix: z
      .string()
      .regex(/^[a-z][a-z0-9]{0,19}$/, "is not a lower-case word of at most 20 letters and digits")
      .default("ci")
      .meta({ description: "the word after the slash: `/ci status` in Slack, `/ci-status` on GitHub" }),
    channels: z.array(Channel).default([]).meta({ description: "which repositories a channel speaks of" }),
    links: z.array(Link).default([]).meta({ description: "who a Slack person is on GitHub" }),
    mirror: z.array(Mirror).default([]).meta({
      description:
        "the repositories whose pull requests have a thread in Slack, in which their comments and replies are one conversation (docs/mirroring.md)",
    }),
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
        internalsOn: z
          .array(repository)
          .default([])
          .meta({ description: "public repositories on which `audit` answers all the same, for everybody to read" }),
      })
      .prefault({}),
    phases: Phases.meta({ description: "the phases of repositories, for `check-phase` and `set-phase` (docs/phases.md)" }),
    cooldownSeconds: z.int().min(0).max(3600).default(30).meta({
      description: "seconds (at most 3600) that one person waits between two uses of one command that changes something in one repository",
    }),
  })
  .superRefine(({ channels, mirror }, context) => {
    for (const [index, { repository, channel }] of mirror.entries()) {
      const bound = channels.find(({ id }) => id === channel)?.repositories ?? [];
      const refuse = (path: string, message: string) => context.addIssue({ code: "custom", path: ["mirror", index, path], message });
      if (!bound.some((each) => isSame(each, repository))) refuse("channel", `does not speak of ${repository}: add that to channels`);
      if (mirror.findIndex((each) => isSame(each.repository, repository)) < index)
        refuse("repository", `${repository} has a channel already`);
    }
  });
export type Settings = z.infer<typeof Settings>;

/** GitHub's names ignore case. */
const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

const defaultFile = "config/nextrust.yml";

/**
 * Reads the settings file; the default one may be missing, a named one may not.
 *
 * @returns the settings, or the sentences that say what is wrong with the file
 */
export function readSettings(file: string | undefined): { settings: Settings } | { problems: string[] } {
  const path = file ?? defaultFile;
  if (file === undefined && !existsSync(path)) return { settings: Settings.parse({}) };

  let content: unknown;
  try {
    content = parse(readFileSync(path, "utf8")) ?? {};
  } catch (error) {
    return { problems: [`${path} cannot be read: ${firstLine(error)}`] };
  }
  const parsed = Settings.safeParse(content);
  return parsed.success ? { settings: parsed.data } : { problems: problemsOf(path, parsed.error) };
}

/** One sentence a problem: where it is and what is wrong. */
function problemsOf(path: string, error: z.ZodError): string[] {
  return error.issues.map((issue) => `${path}: ${issue.path.length === 0 ? "the file" : issue.path.join(".")}: ${issue.message}`);
}

function firstLine(error: unknown): string {
  const line = (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
  // A parser's first line leads over to the excerpt below it.
  return line.replace(/:$/, "");
}
