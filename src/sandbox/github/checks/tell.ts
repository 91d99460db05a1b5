import * as z from "zod";
import { renderAccount } from "../actions/render/account.ts";
import { renderRepository } from "../actions/render/repository.ts";
import { type Scene, sceneOf } from "../actions/scene.ts";
import type { Delivery } from "../deliveries.ts";
import { accountOf } from "../home.ts";
import { nodeId } from "../node-id.ts";
import type { World } from "../world.ts";
import type { OwnCheck } from "./own-checks.ts";
import { renderOwnCheck } from "./render.ts";

const Heads = z.array(z.object({ head: z.object({ ref: z.string(), sha: z.string() }) }));

/** What stands around the check run: above all the open pull requests with this head. */
export async function sceneOfCheck(world: World, { repository, headSha }: Pick<OwnCheck, "repository" | "headSha">): Promise<Scene> {
  const open = await world.emulated.read(Heads, `/repos/${repository}/pulls?state=open&per_page=100`);
  const headBranch = open?.find(({ head }) => head.sha === headSha)?.head.ref ?? "";
  return sceneOf(world, { repository, headSha, headBranch });
}

/** Tells the webhook of it; resolves when that was answered. */
export const tellOfCheck = (world: World, check: OwnCheck, action: string, by: string, more: object = {}): Promise<Delivery> =>
  world.checks.inTurn(() => send(world, check, action, by, more));

async function send(world: World, check: OwnCheck, action: string, by: string, more: object): Promise<Delivery> {
  const scene = await sceneOfCheck(world, check);
  const { permissions: _, ...facts } = scene.repository;
  const { owner } = scene.repository;
  return world.deliveries.send("check_run", {
    action,
    check_run: renderOwnCheck(scene, check, world.app),
    ...more,
    repository: { ...facts, ...renderRepository(scene.repository, world.url), custom_properties: {} },
    ...(owner.type === "Organization" && { organization: owner }),
    sender: renderAccount(accountOf(world, by), world.url),
    installation: { id: world.app.installationId, node_id: nodeId("Installation", world.app.installationId) },
  });
}
