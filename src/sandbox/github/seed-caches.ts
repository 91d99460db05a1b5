import type { Caches } from "./actions/caches.ts";
import { mainRepository } from "./seed.ts";

const main = "refs/heads/main";
const pull = (number: number) => `refs/pull/${number}/merge`;
const megabytes = (count: number) => count * 1024 * 1024;

/** Fills the cache as a few runs do: by the same keys on the default branch and on pull requests. */
export function plantCaches(caches: Caches): void {
  for (const [key, ref, sizeInBytes] of [
    ["cargo-m68030-7d1f0c", main, megabytes(412)],
    ["cargo-m68040-7d1f0c", main, megabytes(431)],
    ["toolchain-nightly-2026-11-01", main, megabytes(890)],
    ["cargo-m68030-7d1f0c", pull(1), megabytes(415)],
    ["cargo-m68040-7d1f0c", pull(1), megabytes(436)],
    ["cargo-m68030-b02e9a", pull(2), megabytes(418)],
    ["cargo-m68040-b02e9a", pull(2), megabytes(440)],
    ["emulator-disk-v3", pull(2), megabytes(128)],
  ] as const) {
    caches.add(mainRepository, { key, ref, sizeInBytes });
  }
}
