import * as z from "zod";
import { authorise } from "./actions/routes/permission.ts";
import { type Answer, json, notFound, queryOf } from "./answer.ts";
import { changes, rendered } from "./changed-files.ts";
import { readCommitOf } from "./forks.ts";
import { Commit } from "./resources.ts";
import type { Call, Route } from "./route.ts";

const Anything = z.looseObject({});
const Branch = z.looseObject({
  name: z.string(),
  protected: z.boolean(),
  protection: z.looseObject({}).optional(),
  commit: z.object({ sha: z.string() }),
});

/** What of branches the emulator tells in part. */
export const branchRoutes: readonly Route[] = [
  { method: "GET", scope: "repository", path: /^\/branches\/([^/]+)$/, handle: getBranch },
  { method: "GET", scope: "repository", path: /^\/compare\/([^/]+)$/, handle: compare },
];

async function getBranch(call: Call, encoded: string): Promise<Answer> {
  authorise(call, "contents:read");
  const { world, repository } = call;
  const path = `/repos/${repository?.fullName}`;
  const name = decodeURIComponent(encoded);
  const branch = await world.emulated.read(Branch, `${path}/branches/${name}`);
  const commit = branch && (await world.emulated.read(Anything, `${path}/commits/${branch.commit.sha}`));
  if (!branch || !commit) return notFound;
  const links = { self: `${world.url}${path}/branches/${name}`, html: `${world.url}/${repository?.fullName}/tree/${name}` };
  const protection = branch.protection ?? {
    enabled: false,
    required_status_checks: { enforcement_level: "off", contexts: [], checks: [] },
  };
  return json(200, { ...branch, commit, protection, protection_url: `${links.self}/protection`, _links: links });
}

const Comparison = z.looseObject({ merge_base_commit: z.looseObject({ sha: z.string() }) });
/** GitHub lists no more of a comparison, all on its first page. */
const mostFiles = 300;

async function compare(call: Call, encoded: string): Promise<Answer> {
  authorise(call, "contents:read");
  const { world, request } = call;
  const name = call.repository?.fullName ?? "";
  const [base = "", head = ""] = decodeURIComponent(encoded).split("...");
  const query = queryOf(request);
  const of = (to: string) => world.emulated.read(Comparison, `/repos/${name}/compare/${base}...${to}?${query}`);
  const own = await of(head);
  const isFirst = (query.get("page") ?? "1") === "1";
  const filesOf = async (from: string, to: string) =>
    isFirst ? rendered(world, name, to, (await changes(world, name, from, to)).slice(0, mostFiles)) : [];
  if (own) {
    const to = (await world.emulated.read(Commit, `/repos/${name}/commits/${head}`))?.sha ?? head;
    return json(200, { ...own, files: await filesOf(own.merge_base_commit.sha, to) });
  }
  // In the emulator a fork shares no history with what it was forked from: its work counts as begun where the base is now.
  const isOfFork = await readCommitOf(world, Anything, name, head);
  const beginning = isOfFork && (await of(base));
  return beginning ? json(200, { ...beginning, files: await filesOf(beginning.merge_base_commit.sha, head) }) : notFound;
}
