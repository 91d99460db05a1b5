/** A cache of GitHub Actions. Its key may exist once for each ref. */
export interface ActionsCache {
  readonly key: string;
  /** `refs/heads/main`, `refs/pull/12/merge` */
  readonly ref: string;
  readonly sizeBytes: number;
}

/** Both calls throw ServiceError when GitHub cannot be asked, and UserError when the bot may not. */
export interface Caches {
  /** Those of one ref, or of all; at most 1,000. */
  list(repository: string, ref?: string): Promise<readonly ActionsCache[]>;
  /** Deletes the cache of exactly that key and ref; false when there is none any more. */
  delete(repository: string, cache: Pick<ActionsCache, "key" | "ref">): Promise<boolean>;
}

export const totalSize = (caches: readonly Pick<ActionsCache, "sizeBytes">[]): number =>
  caches.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);

/** `1.2 GB`, in powers of 1,000 as GitHub shows it. */
export function sizeInWords(bytes: number): string {
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(bytes, 1)) / 3)));
  const value = bytes / 1000 ** power;
  return `${power === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[power]}`;
}
