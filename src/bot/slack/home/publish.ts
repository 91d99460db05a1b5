import type { WebClient } from "@slack/web-api";
import type { Logger } from "pino";
import type { Command } from "../../../commands/command.ts";
import { howToLink } from "../../../commands/link-action.ts";
import type { Settings } from "../../../config/settings.ts";
import { ServiceError, storage } from "../../../errors.ts";
import { type GitHubAccount, isAtLeast, type Role } from "../../../pipeline/access.ts";
import type { Json } from "../../../pipeline/json.ts";
import type { Job, NewJob } from "../../../pipeline/queue.ts";
import type { Services } from "../../../services.ts";
import { resolveActor } from "../../actor.ts";
import type { SlackDelivery } from "../../delivery.ts";
import { toReply } from "../../to-reply.ts";
import { toServiceError } from "../client.ts";
import { boundRepositories, distinct, readableOf } from "../own-pull-requests.ts";
import { incidentsFor } from "./incidents.ts";
import { type Home, homeView, wordsHome } from "./view.ts";

/** The task of the job that draws somebody's home tab. */
export const publishHomeTask = "publish-home";
export { refreshAction } from "./view.ts";

/** A person who looks at more repositories sees the first of them. */
const mostRepositories = 10;

/** Nobody waits for it longer than for a few tries. */
const attempts = 3;

interface Viewer {
  readonly user: string;
  readonly team: string;
  /** Their conversation with the bot, where the buttons of the tab are answered. */
  readonly channel: string;
}

export const toHomeJob = (viewer: Viewer, id: string): NewJob => ({
  id: `home:${id}`,
  task: publishHomeTask,
  payload: { ...viewer } as unknown as Json,
  // One after another: the newest view is the one that stays.
  lane: `home:${viewer.user}`,
  maxAttempts: attempts,
});

interface HomeOptions {
  readonly slack: WebClient;
  readonly settings: Settings;
  readonly services: Services;
  readonly commands: readonly Command[];
  readonly log: Logger;
}

/** Draws the home tab anew; drawing it twice gives the same. */
export function createPublishHome({ slack, settings, services, commands, log }: HomeOptions): (job: Job) => Promise<void> {
  return async ({ payload }) => {
    const viewer = payload as unknown as Viewer;
    const about = { channel: viewer.channel, at: services.now() };
    const view = await homeOf(viewer, settings, services).then(
      (home) => homeView(home, (repository) => commands.filter(({ isOffered }) => isOffered?.(repository, services) ?? true), about),
      (error: unknown) => {
        if (error instanceof ServiceError && error.service === storage) throw error;
        return wordsHome(toReply(error, log).parts, about);
      },
    );
    try {
      await slack.views.publish({ user_id: viewer.user, view });
    } catch (error) {
      throw toServiceError(error);
    }
  };
}

async function homeOf(viewer: Viewer, settings: Settings, services: Services): Promise<Home> {
  const delivery: SlackDelivery = { ...viewer, surface: "slack", source: `home:${viewer.user}`, receivedAt: services.now(), text: "" };
  const actor = await resolveActor(delivery, settings, services);
  const { prefix } = settings;
  const words = { prefix, howToLink: howToLink(`/${prefix} `, services.invitations), canLink: services.invitations !== undefined };
  const { account } = actor;
  if (!account) return { ...words, roles: [], unknown: 0, left: 0, pulls: [], incidents: [] };

  const opened = await services.pullRequests.openBy(account.login, boundRepositories(settings));
  // Where they work comes first: what a short list leaves out must not be what they look for.
  const all = distinct([...opened.map(({ repository }) => repository), ...boundRepositories(settings)]);
  const asked = all.slice(0, mostRepositories);
  const roles = await Promise.all(asked.map(async (repository) => [repository, await roleOf(account, repository, services)] as const));
  // The name of a repository is for those who may read it.
  const readable = roles.flatMap(([repository, role]) => (role && isAtLeast(role, "read") ? { repository, role } : []));
  const person = { key: actor.key, name: actor.name, account, slackUser: viewer.user };
  return {
    ...words,
    account,
    roles: readable,
    unknown: roles.filter(([, role]) => role === undefined).length,
    left: all.length - asked.length,
    pulls: readableOf(opened, roles),
    incidents: await incidentsFor(person, readable, services),
  };
}

/** One repository that cannot be asked about must not empty the tab. */
async function roleOf(account: GitHubAccount, repository: string, { permissions }: Services): Promise<Role | undefined> {
  try {
    return await permissions.roleOf(account, repository);
  } catch (error) {
    if (error instanceof ServiceError && error.service === storage) throw error;
    return undefined;
  }
}
