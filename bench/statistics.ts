/** The value below which that share of the sorted values lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** The median, and between which values the rounds lay. */
export interface Measured {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

export const toMeasured = (values: readonly number[]): Measured => ({
  median: percentile(values, 0.5),
  least: Math.min(...values),
  most: Math.max(...values),
});
