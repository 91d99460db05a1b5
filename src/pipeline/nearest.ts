/** The candidates that somebody who typed `name` may have meant, best first: those it begins or is part of, then those a slip or two away. */
export function nearest(name: string, candidates: readonly string[], most = 3): string[] {
  if (name === "") return [];
  return candidates
    .map((candidate) => ({ candidate, rank: rank(name, candidate) }))
    .filter(({ rank }) => rank < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.rank - b.rank || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, most)
    .map(({ candidate }) => candidate);
}

function rank(name: string, candidate: string): number {
  if (candidate.startsWith(name) || name.startsWith(candidate)) return 0;
  if (name.length >= 3 && candidate.includes(name)) return 1;

  const mostSlips = Math.max(1, Math.floor(candidate.length / 3));
  // A hostile name may be as long as a comment.
  if (Math.abs(name.length - candidate.length) > mostSlips) return Number.POSITIVE_INFINITY;
  const slips = distance(name, candidate);
  return slips <= mostSlips ? 1 + slips : Number.POSITIVE_INFINITY;
}

/** How many letters to add, drop, change or swap with their neighbour. */
function distance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min(
        cell(last, j) + 1,
        cell(row, j - 1) + 1,
        cell(last, j - 1) + (isSame ? 0 : 1),
        isSwap ? cell(beforeLast, j - 2) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    [beforeLast, last] = [last, row];
  }
  return cell(last, b.length);
}

const cell = (row: readonly number[], at: number): number => row[at] ?? Number.POSITIVE_INFINITY;
