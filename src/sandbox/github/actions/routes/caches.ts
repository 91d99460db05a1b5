import { type Answer, json, notFound, queryOf, refuse } from "../../answer.ts";
import type { Call } from "../../route.ts";
import type { ActionsCache } from "../caches.ts";
import { repositoryIn } from "./known.ts";
import { answerPage } from "./page.ts";

const orders: Readonly<Record<string, (entry: ActionsCache) => number>> = {
  created_at: ({ createdAt }) => Date.parse(createdAt),
  last_accessed_at: ({ lastAccessedAt }) => Date.parse(lastAccessedAt),
  size_in_bytes: ({ sizeInBytes }) => sizeInBytes,
};

/** The list's key is a prefix. */
export async function listCaches(call: Call): Promise<Answer> {
  const query = queryOf(call.request);
  const rank = orders[query.get("sort") ?? "last_accessed_at"];
  if (!rank) return refuse(422, "Invalid sort.");
  const sign = query.get("direction") === "asc" ? 1 : -1;
  const matching = call.world.caches
    .of(repositoryIn(call))
    .filter(({ key, ref }) => key.startsWith(query.get("key") ?? "") && (query.get("ref") ?? ref) === ref);
  const sorted = matching.toSorted((one, other) => sign * (rank(one) - rank(other) || one.id - other.id));
  return answerPage(call, "actions_caches", sorted, render);
}

/** The deletion's key is exact, and without a ref it holds for all of them. */
export async function deleteCachesByKey(call: Call): Promise<Answer> {
  const query = queryOf(call.request);
  const key = query.get("key");
  if (!key) return refuse(422, 'Invalid request.\n\n"key" wasn\'t supplied.');

  const ref = query.get("ref");
  const deleted = call.world.caches.delete(repositoryIn(call), (entry) => entry.key === key && (ref ?? entry.ref) === entry.ref);
  return deleted.length > 0 ? json(200, { total_count: deleted.length, actions_caches: deleted.map(render) }) : notFound;
}

export async function deleteCache(call: Call, id: string): Promise<Answer> {
  const [deleted] = call.world.caches.delete(repositoryIn(call), (entry) => entry.id === Number(id));
  return deleted ? { status: 204, headers: {}, body: "" } : notFound;
}

export async function cacheUsage(call: Call): Promise<Answer> {
  const repository = repositoryIn(call);
  const entries = call.world.caches.of(repository);
  const size = entries.reduce((sum, { sizeInBytes }) => sum + sizeInBytes, 0);
  return json(200, { full_name: repository, active_caches_size_in_bytes: size, active_caches_count: entries.length });
}

const render = ({ id, ref, key, version, sizeInBytes, createdAt, lastAccessedAt }: ActionsCache) => ({
  id,
  ref,
  key,
  version,
  last_accessed_at: lastAccessedAt,
  created_at: createdAt,
  size_in_bytes: sizeInBytes,
});
