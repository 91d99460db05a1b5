import * as z from "zod";
import { authorise } from "./actions/routes/permission.ts";
import { type Answer, json, notFound, queryOf } from "./answer.ts";
import { readCommitOf } from "./forks.ts";
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

async function compare(call: Call, encoded: string): Promise<Answer> {
  authorise(call, "contents:read");
  const { world, request } = call;
  const name = call.repository?.fullName ?? "";
  const [base = "", head = ""] = decodeURIComponent(encoded).split("...");
  const of = (to: string) => world.emulated.read(Anything, `/repos/${name}/compare/${base}...${to}?${queryOf(request)}`);
  const own = await of(head);
  if (own) return json(200, own);
  // In the emulator a fork shares no history with what it was forked from: its work counts as begun where the base is now.
  const isOfFork = await readCommitOf(world, Anything, name, head);
  const beginning = isOfFork && (await of(base));
  return beginning ? json(200, beginning) : notFound;
}
