import { existsSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";

const repository = z.string().regex(/^[\w.-]+\/[\w.-]+$/, "is not of the form owner/name");
const slackId = (first: string, what: string) =>
  z.string().regex(new RegExp(`^[${first}][A-Z0-9]{2,}$`), `is not the id of a Slack ${what}`);
const gitHubAccount = z.strictObject({ id: z.int().positive(), login: z.string().min(1) });

/** What a team edits: `config/nextrust.yml`. Unknown keys are refused. */
export const Settings = z.strictObject({
  /** `/ci status` in Slack, `/ci-status` on GitHub. */
  prefix: z
    .string()
    .regex(/^[a-z][a-z0-9]{0,19}$/, "is not a lower-case word of at most 20 letters and digits")
    .default("ci"),
  /** Which repositories a channel speaks of; everyone in it may read their pipelines. */
  channels: z.array(z.strictObject({ id: slackId("CG", "channel"), repositories: z.array(repository).min(1) })).default([]),
  /** Who a Slack person is on GitHub. Numeric ids authorise; the login is where to look them up. */
  links: z.array(z.strictObject({ slack: slackId("UW", "person"), github: gitHubAccount })).default([]),
  /** Who is heard although the rules would not: guests and people of other workspaces, shared channels, other bots. */
  allow: z
    .strictObject({
      slackUsers: z.array(slackId("UW", "person")).default([]),
      slackChannels: z.array(slackId("CG", "channel")).default([]),
      githubBots: z.array(z.int().positive()).default([]),
    })
    .prefault({}),
  /** Seconds that one person waits between two uses of one command that changes something in one repository. */
  cooldownSeconds: z.int().min(0).max(3600).default(30),
});
export type Settings = z.infer<typeof Settings>;

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
