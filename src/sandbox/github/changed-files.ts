import { posix } from "node:path";
import * as z from "zod";
import { type Answer, json, notFound } from "./answer.ts";
import { readPull } from "./comments.ts";
import { diffOf, type FileDiff } from "./file-diff.ts";
import { readCommitOf } from "./forks.ts";
import type { Call } from "./route.ts";
import type { World } from "./world.ts";

const Commit = z.looseObject({
  sha: z.string(),
  commit: z.looseObject({ tree: z.looseObject({ sha: z.string() }) }),
  parents: z.array(z.looseObject({ sha: z.string() })),
});
const Tree = z.object({ tree: z.array(z.object({ path: z.string(), type: z.string(), sha: z.string() })) });
const Blob = z.object({ content: z.string() });

/** GitHub lists no more of a pull request. */
const mostFiles = 3_000;

/** `GET /pulls/{number}/files`: what differs between its base and its head. */
export async function listFiles({ world, repository, request }: Call, number: string): Promise<Answer> {
  const name = repository?.fullName ?? "";
  const pull = await readPull(world, name, Number(number));
  if (!pull) return notFound;
  const all = (await changes(world, name, pull.base.sha, pull.head.sha)).slice(0, mostFiles);
  return json(200, await rendered(world, name, pull.head.sha, page(all, request.target)));
}

/** `GET /commits/{ref}`: as the emulator has it, with what the commit changed against its first parent. */
export async function getCommit({ world, repository, request }: Call, ref: string): Promise<Answer> {
  const name = repository?.fullName ?? "";
  const commit = await world.emulated.read(Commit, `/repos/${name}/commits/${ref}`);
  if (!commit) return notFound;
  const all = await changes(world, name, commit.parents[0]?.sha, commit.sha);
  return json(200, { ...commit, files: await rendered(world, name, commit.sha, page(all, request.target)) });
}

/** A file that differs. What only moved has another path before, and the same content. */
export interface Change {
  readonly path: string;
  readonly previousPath?: string;
  readonly status: "added" | "modified" | "removed" | "renamed";
  readonly sha: string;
  diff(): Promise<FileDiff>;
}

/** What differs between two commits, by path. Nothing stands before the first commit of all. */
export async function changes(world: World, repository: string, from: string | undefined, to: string): Promise<readonly Change[]> {
  const [before, after] = await Promise.all((await readBoth(world, repository, from, to)).map((found) => blobsAt(world, found)));
  if (!before || !after) return [];
  const differing = [...new Set([...before.keys(), ...after.keys()])].filter((path) => before.get(path)?.sha !== after.get(path)?.sha);
  const added = new Map(differing.filter((path) => !before.has(path)).map((path) => [after.get(path)?.sha, path]));
  const movedFrom = new Map(
    differing.flatMap((path) => {
      const to = after.has(path) ? undefined : added.get(before.get(path)?.sha);
      return to === undefined ? [] : [[to, path]];
    }),
  );
  const gone = new Set(movedFrom.values());
  return differing
    .filter((path) => !gone.has(path))
    .toSorted()
    .map((path) => {
      const previousPath = movedFrom.get(path);
      const [was, is] = [before.get(previousPath ?? path), after.get(path)];
      return {
        path,
        ...(previousPath !== undefined && { previousPath }),
        status: previousPath !== undefined ? "renamed" : !was ? "added" : is ? "modified" : "removed",
        sha: (is ?? was)?.sha ?? "",
        diff: async () => diffOf(await contentOf(world, was), await contentOf(world, is)),
      };
    });
}

/** As REST lists them. */
export const rendered = (world: World, repository: string, to: string, all: readonly Change[]) =>
  Promise.all(
    all.map(async ({ path, previousPath, status, sha, diff }) => {
      const { additions, deletions, patch } = await diff();
      const at = (kind: string) => `${world.url}/${posix.join(repository, kind, to, path)}`;
      return {
        ...{ sha, filename: path, status, additions, deletions, changes: additions + deletions },
        ...{ blob_url: at("blob"), raw_url: at("raw"), contents_url: `${world.url}/repos/${repository}/contents/${path}?ref=${to}` },
        ...(patch && { patch }),
        ...(previousPath !== undefined && { previous_filename: previousPath }),
      };
    }),
  );

interface BlobAt {
  readonly sha: string;
  /** The repository that has it. */
  readonly home: string;
}

/** In the emulator a fork has its own beginning: what stands in its main then stands for the commit that it came off. */
async function readBoth(world: World, repository: string, from: string | undefined, to: string) {
  const after = await readCommitOf(world, Commit, repository, to);
  const before = from === undefined ? undefined : await readCommitOf(world, Commit, repository, from);
  const isOfFork = after && before && after.home !== repository && before.home === repository;
  return [isOfFork ? await readCommitOf(world, Commit, after.home, "main") : before, after] as const;
}

type Found = Awaited<ReturnType<typeof readBoth>>[number];

async function blobsAt({ emulated }: World, found: Found): Promise<Map<string, BlobAt>> {
  if (!found) return new Map();
  const { commit, home } = found;
  const tree = await emulated.read(Tree, `/repos/${home}/git/trees/${commit.commit.tree.sha}?recursive=1`);
  const blobs = (tree?.tree ?? []).filter(({ type }) => type === "blob");
  return new Map(blobs.map(({ path, sha }) => [path, { sha, home }]));
}

async function contentOf({ emulated }: World, blob: BlobAt | undefined): Promise<Buffer> {
  const found = blob && (await emulated.read(Blob, `/repos/${blob.home}/git/blobs/${blob.sha}`));
  return Buffer.from(found?.content ?? "", "base64");
}

function page<T>(all: readonly T[], target: string): readonly T[] {
  const { searchParams } = new URL(target, "http://sandbox");
  const size = Math.min(Number(searchParams.get("per_page") ?? 30), 100);
  const first = (Number(searchParams.get("page") ?? 1) - 1) * size;
  return all.slice(first, first + size);
}
