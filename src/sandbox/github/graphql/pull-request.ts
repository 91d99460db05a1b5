import * as z from "zod";
import type { KnownRepository } from "../access.ts";
import { readCommitOf } from "../forks.ts";
import { nodeId } from "../node-id.ts";
import { Commit, type Pull } from "../resources.ts";
import { mergeReadiness } from "./checks.ts";
import { discussed } from "./comment.ts";
import { commitNode } from "./commit.ts";
import { connectionOf, type PageArgs } from "./connection.ts";
import type { Context } from "./context.ts";
import { pullRequestFacts } from "./pull-request-facts.ts";
import { reactable } from "./reactable.ts";
import { repositorySummary } from "./repository-summary.ts";
import { reviewed } from "./review.ts";

export function pullRequestNode(context: Context, repository: KnownRepository, pull: Pull) {
  const { world } = context;
  return {
    ...pullRequestFacts(pull, world.url),
    mergeable: pull.mergeable === null ? "UNKNOWN" : pull.mergeable ? "MERGEABLE" : "CONFLICTING",
    mergeStateStatus: () => mergeState(context, repository.fullName, pull),
    // The repositories of the sandbox require no review.
    reviewDecision: null,
    headRepository: repositorySummary({ ...repository, fullName: pull.head.repo.full_name }, world.url),
    repository: repositorySummary(repository, world.url),
    async commits(args: PageArgs) {
      const commits = await commitsOf(context, repository.fullName, pull);
      const nodes = commits.map((commit) => ({
        __typename: "PullRequestCommit",
        id: `${pull.node_id}:${commit.sha}`,
        commit: commitNode(world, repository.fullName, commit),
      }));
      return connectionOf("commits", nodes, args);
    },
    labels: (args: PageArgs) => connectionOf("labels", pull.labels.map(labelNode), args),
    ...discussed(context, repository, pull.number),
    ...reviewed(context, repository, pull.number),
    ...reactable(context, pull.node_id),
  };
}

const Compared = z.object({ commits: z.array(Commit) });

async function commitsOf({ world }: Context, repository: string, { number, base, head }: Pull): Promise<readonly Commit[]> {
  const path = `/repos/${repository}`;
  if (!world.emulated.pullHeads.hasMoved(repository, number))
    return (await world.emulated.read(z.array(Commit), `${path}/pulls/${number}/commits?per_page=100`)) ?? [];
  const own = await world.emulated.read(Compared, `${path}/compare/${base.sha}...${head.sha}`);
  if (own) return own.commits;
  const ofFork = await readCommitOf(world, Commit, repository, head.sha);
  return ofFork ? [ofFork.commit] : [];
}

const labelNode = ({ name }: { readonly name: string }) => ({ __typename: "Label", id: nodeId("Label", name), name });

function mergeState({ world }: Context, repository: string, { draft, mergeable, state, head }: Pull): string {
  if (state === "closed") return "UNKNOWN";
  if (draft) return "DRAFT";
  if (mergeable === false) return "DIRTY";
  const { isBlocked, isUnstable } = mergeReadiness(world, repository, head.sha);
  if (isBlocked) return "BLOCKED";
  return isUnstable ? "UNSTABLE" : "CLEAN";
}
