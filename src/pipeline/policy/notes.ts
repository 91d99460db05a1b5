import type { Json } from "../json.ts";

/** Small documents by key, which are of no use any more when nobody has written them for months. */
export interface Notes {
  find<T>(key: string): Promise<T | undefined>;
  put(key: string, body: Json): Promise<void>;
  /** Removes what was written last before that moment (milliseconds since the epoch). */
  forget(before: number): Promise<void>;
}
