import { Keyv } from "keyv";
import type { Keys } from "../../pipeline/keys.ts";
import type { SqliteKeyvStore } from "./keyv-store.ts";

export function keyvKeys(store: SqliteKeyvStore): Keys {
  const keyv = new Keyv({ store, useKeyPrefix: false, throwOnErrors: true });
  return {
    get: (key) => keyv.get(key),
    // To Keyv a lifetime of 0 means for ever.
    set: (key, value, ttlMs) => (ttlMs > 0 ? keyv.set(key, value, ttlMs) : keyv.delete(key)),
  };
}
