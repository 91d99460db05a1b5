import { posix } from "node:path";
import * as z from "zod";
import { type Answer, json, notFound } from "./answer.ts";
import { readPull } from "./comments.ts";
import type { Call } from "./route.ts";
import type { World } from "./world.ts";

const Commit = z.looseObject({
  sha: z.string(),
  commit: z.looseObject({ tree: z.looseObject({ sha: z.string() }) }),
  parents: z.array(z.looseObject({ sha: z.string() })),
});
const Tree = z.object({ tree: z.array(z.object({ path: z.string(), type: z.string(), sha: z.string() })) });

/** `GET /pulls/{number}/files`: what differs between its base and its head. The emulator knows no differences. */
export async function listFiles({ world, repository, request }: Call, number: string): Promise<Answer> {
  const name = repository?.fullName ?? "";
  const pull = await readPull(world, name, Number(number));
  return pull ? json(200, page(await changes(world, name, pull.base.sha, pull.head.sha), request.target)) : notFound;
}

/** `GET /commits/{ref}`: as the emulator has it, with what the commit changed against its first parent. */
export async function getCommit({ world, repository, request }: Call, ref: string): Promise<Answer> {
  const name = repository?.fullName ?? "";
  const commit = await world.emulated.read(Commit, `/repos/${name}/commits/${ref}`);
  if (!commit) return notFound;
  const files = await changes(world, name, commit.parents[0]?.sha, commit.sha);
  return json(200, { ...commit, files: page(files, request.target) });
}

async function changes(world: World, repository: string, from: string | undefined, to: string) {
  const [before, after] = await Promise.all([blobsAt(world, repository, from), blobsAt(world, repository, to)]);
  const paths = [...new Set([...before.keys(), ...after.keys()])].filter((path) => before.get(path) !== after.get(path)).toSorted();
  return paths.map((path) => {
    const sha = after.get(path) ?? before.get(path) ?? "";
    const status = !before.has(path) ? "added" : after.has(path) ? "modified" : "removed";
    const at = (kind: string) => `${world.url}/${posix.join(repository, kind, to, path)}`;
    // Lines are not counted: whoever reads the sandbox asks for names.
    const counts = { additions: 0, deletions: 0, changes: 0 };
    const contents = `${world.url}/repos/${repository}/contents/${path}?ref=${to}`;
    return { sha, filename: path, status, ...counts, blob_url: at("blob"), raw_url: at("raw"), contents_url: contents };
  });
}

async function blobsAt(world: World, repository: string, sha: string | undefined): Promise<Map<string, string>> {
  const commit = sha === undefined ? undefined : await world.emulated.read(Commit, `/repos/${repository}/commits/${sha}`);
  const tree = commit && (await world.emulated.read(Tree, `/repos/${repository}/git/trees/${commit.commit.tree.sha}?recursive=1`));
  return new Map((tree?.tree ?? []).filter(({ type }) => type === "blob").map(({ path, sha: blob }) => [path, blob]));
}

function page<T>(all: readonly T[], target: string): readonly T[] {
  const { searchParams } = new URL(target, "http://sandbox");
  const size = Math.min(Number(searchParams.get("per_page") ?? 30), 100);
  const first = (Number(searchParams.get("page") ?? 1) - 1) * size;
  return all.slice(first, first + size);
}
