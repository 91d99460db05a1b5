import type { Json } from "./json.ts";
import type { Keys } from "./keys.ts";

/** Looks something up at most once in `ttlMs` milliseconds; what throws is not remembered. */
export async function cached<T extends Exclude<Json, null>>(keys: Keys, key: string, ttlMs: number, lookUp: () => Promise<T>): Promise<T> {
  const known = await keys.get<T>(key);
  if (known !== undefined) return known;

  const found = await lookUp();
  await keys.set(key, found, ttlMs);
  return found;
}
