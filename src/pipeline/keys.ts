import type { Json } from "./json.ts";

/** Values that may be forgotten: caches and other state with a lifetime. Backed by Keyv. */
export interface Keys {
  get<T extends Json>(key: string): Promise<T | undefined>;
  set(key: string, value: Json, ttlMs: number): Promise<unknown>;
}
