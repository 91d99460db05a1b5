import type { Logger } from "pino";
import { z } from "zod";
import type { GitHubCheckAddress } from "../../pipeline/outbox.ts";
import { Postponed } from "../../pipeline/queue.ts";
import { renderCheckRun } from "../render/check-run.ts";
import type { Sender } from "../send.ts";
import { coordinates, type GitHub, type GitHubClient } from "./client.ts";
import { createCheckRun, ownCheckRuns, updateCheckRun } from "./documents/own-checks.ts";
import { isForbidden, toGitHubError } from "./errors.ts";
import { ifThere } from "./if-there.ts";

const Suites = z.object({
  nodes: z.array(z.object({ checkRuns: z.object({ nodes: z.array(z.object({ id: z.string(), externalId: z.string().nullable() })) }) })),
});
const Found = z.object({ repository: z.object({ id: z.string(), object: z.object({ checkSuites: Suites.optional() }).nullable() }) });
const Created = z.object({ createCheckRun: z.object({ checkRun: z.object({ id: z.string() }) }) });

/**
 * Makes or changes a check run of our own. It is completed and neutral whatever it says, so that it never blocks a merge. One that was made
 * before a crash could be recorded is found again by its external id. GitHub takes no check run away: one that says nothing any more is over.
 *
 * Where we may make none, a line in the log says once what to grant; the message is needless then, and no alarm.
 *
 * @returns the check run's node id, where there is one
 * @throws ServiceError; Postponed when it is not our turn to write yet
 */
export function createCheckSender(github: GitHub, prefix: string, log: Logger, now: () => number): Sender {
  const told = new Set<string>();
  const sayOnce = (about: string, sentence: string): undefined => {
    if (!told.has(about)) log.warn({ repository: about }, sentence);
    told.add(about);
  };

  return async ({ address, key, externalId, answers }) => {
    const check = address as GitHubCheckAddress;
    const { appId } = github;
    if (appId === undefined) return sayOnce("", "check runs are left out: GitHub takes them from an App only, and I act by a token");
    try {
      const client = await github.forRepository(check.repository);
      const waitMs = client.writePace.take();
      if (waitMs > 0) throw new Postponed(waitMs);
      const { repositoryId, found } = await look(check, key, appId, client);
      const checkRunId = externalId ?? found;
      if (answers.length === 0 && checkRunId === undefined) return undefined;

      const { title, summary, detailsUrl, actions } = renderCheckRun(check.name, `/${prefix}-`, answers);
      const state = { status: "COMPLETED", conclusion: "NEUTRAL", completedAt: new Date(now()).toISOString() };
      const content = { ...state, externalId: key, output: { title, summary }, actions, ...(detailsUrl !== undefined && { detailsUrl }) };
      const edit = (id: string) => client.mutate(updateCheckRun, { input: { repositoryId, checkRunId: id, ...content } });
      const edited = checkRunId && (await ifThere(checkRunId, () => edit(checkRunId)));
      if (edited) return edited;
      const input = { repositoryId, headSha: check.headSha, name: check.name, ...content };
      return Created.parse(await client.mutate(createCheckRun, { input })).createCheckRun.checkRun.id;
    } catch (error) {
      if (isForbidden(error))
        return sayOnce(
          check.repository,
          'check runs are left out: grant the App the permission "Checks: Read and write" and accept it there',
        );
      throw toGitHubError(error);
    }
  };
}

/** The repository's node id, which every change asks for, and our check run with that external id. */
async function look(
  { repository, headSha, name: checkName }: GitHubCheckAddress,
  key: string,
  app: number,
  { query }: GitHubClient,
): Promise<{ readonly repositoryId: string; readonly found: string | undefined }> {
  const { id, object } = Found.parse(await query(ownCheckRuns, { ...coordinates(repository), headSha, app, checkName })).repository;
  const ours = object?.checkSuites?.nodes.flatMap(({ checkRuns }) => checkRuns.nodes) ?? [];
  return { repositoryId: id, found: ours.find(({ externalId }) => externalId === key)?.id };
}
