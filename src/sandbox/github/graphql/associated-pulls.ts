import * as z from "zod";
import { readPull } from "../comments.ts";
import type { World } from "../world.ts";
import { connectionOf, type PageArgs } from "./connection.ts";
import { pullRequestFacts } from "./pull-request-facts.ts";

const pageSize = 100;

const Listed = z.array(
  z.object({
    number: z.number(),
    state: z.string(),
    merged_at: z.string().nullable(),
    merge_commit_sha: z.string().nullable(),
    head: z.object({ sha: z.string() }),
  }),
);
const Own = z.array(z.object({ sha: z.string() }));

/** Tells of commits by which merged pull requests they came, and of which open ones they are the head; what they share is read once. */
export function pullsByCommit(world: World, repository: string) {
  let numbers: Promise<Map<string, number[]>> | undefined;

  return (sha: string) => async (args: PageArgs) => {
    numbers ??= readNumbers(world, repository);
    const found = await Promise.all(((await numbers).get(sha) ?? []).map((number) => readPull(world, repository, number)));
    const nodes = found.flatMap((pull) => (pull ? [pullRequestFacts(pull, world.url)] : []));
    return connectionOf("associatedPullRequests", nodes, args);
  };
}

async function readNumbers({ emulated }: World, repository: string): Promise<Map<string, number[]>> {
  const path = `/repos/${repository}/pulls`;
  const byCommit = new Map<string, number[]>();
  for (const { number, state, merged_at, merge_commit_sha, head } of (await emulated.read(
    Listed,
    `${path}?state=all&per_page=${pageSize}`,
  )) ?? []) {
    const own = merged_at === null ? [] : ((await emulated.read(Own, `${path}/${number}/commits?per_page=${pageSize}`)) ?? []);
    const shas = merged_at === null ? (state === "open" ? [head.sha] : []) : [merge_commit_sha ?? head.sha, ...own.map(({ sha }) => sha)];
    for (const sha of new Set(shas)) byCommit.set(sha, [...(byCommit.get(sha) ?? []), number]);
  }
  return byCommit;
}
