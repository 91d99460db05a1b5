import * as z from "zod";
import { Commit, Pull } from "./resources.ts";
import type { World } from "./world.ts";

/** What a person changes about a pull request at once. */
export type PullChange = { readonly title: string } | { readonly state: "open" | "closed" };

/** Opens a pull request from a new branch, and gives its number. */
export async function openPull(world: World, token: string, repository: string, title: string): Promise<number> {
  const { emulated, deliveries } = world;
  const branch = `topic-${deliveries.all().length}`;
  const main = await emulated.read(Commit, `/repos/${repository}/commits/main`);
  await emulated.write(z.unknown(), "POST", `/repos/${repository}/git/refs`, { ref: `refs/heads/${branch}`, sha: main?.sha });
  const file = { message: title, content: Buffer.from(`// ${title}\n`).toString("base64"), branch };
  await emulated.write(z.unknown(), "PUT", `/repos/${repository}/contents/src/${branch}.rs`, file, token);
  const from = deliveries.all().length;
  const body = { title, body: "", head: branch, base: "main" };
  const { number } = await emulated.write(Pull, "POST", `/repos/${repository}/pulls`, body, token);
  await deliveries.answered(from, isOf(number));
  return number;
}

/** Renames, closes or reopens a pull request. */
export async function changePull(world: World, token: string, repository: string, number: number, change: PullChange): Promise<void> {
  const from = world.deliveries.all().length;
  await world.emulated.write(z.unknown(), "PATCH", `/repos/${repository}/pulls/${number}`, change, token);
  await world.deliveries.answered(from, isOf(number));
}

const Delivered = z.object({ pull_request: z.object({ number: z.number() }) });

const isOf =
  (number: number) =>
  ({ payload }: { readonly payload: unknown }): boolean =>
    Delivered.safeParse(payload).data?.pull_request.number === number;
