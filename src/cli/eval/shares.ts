import { z } from "zod";

/** So many of so many, with the range in which the true share lies, 95 times of 100; null of none. */
export const Share = z.strictObject({
  of: z.int(),
  count: z.int(),
  share: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});
export type Share = z.infer<typeof Share>;

/** The 97.5 % quantile of the normal distribution. */
const z95 = 1.959963984540054;

/** By Wilson's score interval, which holds for few cases and for shares near 0 and 1, too. */
export function shareOf(count: number, of: number): Share {
  if (of === 0) return { of, count, share: null, low: null, high: null };
  const [share, square] = [count / of, z95 ** 2];
  const middle = share + square / (2 * of);
  const half = z95 * Math.sqrt((share * (1 - share) + square / (4 * of)) / of);
  const whole = 1 + square / of;
  return { of, count, share, low: Math.max(0, (middle - half) / whole), high: Math.min(1, (middle + half) / whole) };
}

/** The harmonic mean of precision and recall; null where one of them is unknown. */
export const f1Of = (precision: number | null, recall: number | null): number | null =>
  precision === null || recall === null ? null : precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);

export const meanOf = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;

/** The least of the values that so large a share of them does not exceed; null of none. */
export const percentileOf = (values: readonly number[], share: number): number | null =>
  values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(share * values.length) - 1)] ?? null;
