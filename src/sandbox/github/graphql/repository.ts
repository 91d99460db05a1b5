import * as z from "zod";
import type { KnownRepository } from "../access.ts";
import { readIssue, readPull } from "../comments.ts";
import { nodeId } from "../node-id.ts";
import { Repository } from "../resources.ts";
import { findObject } from "./blob.ts";
import { findCommit } from "./commit.ts";
import { connectionOf, type PageArgs } from "./connection.ts";
import { type Context, GraphqlFailure } from "./context.ts";
import { discussionsOf } from "./discussion.ts";
import { issueNode } from "./issue.ts";
import { pullRequestNode } from "./pull-request.ts";
import { repositorySummary } from "./repository-summary.ts";

const Listed = z.array(z.object({ number: z.number() }));

export async function repositoryNode(context: Context, known: KnownRepository) {
  const { world } = context;
  const repository = await world.emulated.read(Repository, `/repos/${known.fullName}`);
  if (!repository) throw new Error(`The emulator lost ${known.fullName}.`);
  const refNode = (branch: string) => ({
    __typename: "Ref",
    id: nodeId("Ref", `${known.fullName}/${branch}`),
    name: branch,
    prefix: "refs/heads/",
    target: () => findCommit(world, known.fullName, `refs/heads/${branch}`),
  });

  return {
    ...repositorySummary(known, world.url),
    id: repository.node_id,
    databaseId: repository.id,
    isFork: false,
    isArchived: false,
    ...discussionsOf(context, known),
    defaultBranchRef: refNode(repository.default_branch),
    async ref({ qualifiedName }: { qualifiedName: string }) {
      const branch = qualifiedName.replace(/^refs\/heads\//, "");
      return (await findCommit(world, known.fullName, `refs/heads/${branch}`)) && refNode(branch);
    },
    object({ expression, oid }: { expression?: string; oid?: string }) {
      const [ref = "", path] = (expression ?? oid ?? "").split(/:(.*)/s);
      return path === undefined ? findCommit(world, known.fullName, ref) : findObject(world, known.fullName, ref, path);
    },
    async pullRequest({ number }: { number: number }) {
      const pull = await readPull(world, known.fullName, number);
      if (!pull) throw new GraphqlFailure("NOT_FOUND", `Could not resolve to a PullRequest with the number of ${number}.`);
      return pullRequestNode(context, known, pull);
    },
    async pullRequests({ headRefName, states, ...page }: PageArgs & { headRefName?: string; states?: readonly string[] }) {
      const listed = (await world.emulated.read(Listed, `/repos/${known.fullName}/pulls?state=all&per_page=100`)) ?? [];
      const pulls = await Promise.all(listed.map(({ number }) => readPull(world, known.fullName, number)));
      const nodes = pulls.flatMap((pull) => (pull ? [pullRequestNode(context, known, pull)] : []));
      const wanted = nodes.filter((node) => (!headRefName || node.headRefName === headRefName) && (!states || states.includes(node.state)));
      return connectionOf("pullRequests", wanted, page);
    },
    async issue({ number }: { number: number }) {
      const issue = await readIssue(world, known.fullName, number);
      if (!issue) throw new GraphqlFailure("NOT_FOUND", `Could not resolve to an Issue with the number of ${number}.`);
      return issueNode(context, known, issue);
    },
  };
}
