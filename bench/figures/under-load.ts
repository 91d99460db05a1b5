import type { Load } from "../load/order.ts";
import type { Row } from "../row.ts";
import { type Measured, toMeasured } from "../statistics.ts";
import { micros, ms, perSecond, ratio, spread, type Word } from "../words.ts";

export interface Compared {
  readonly figure: string;
  readonly ours: readonly Load[];
  readonly peer: readonly Load[];
  readonly peerName: string;
  /** The least that our rate, and the most that our p99, may be of the peer's. */
  readonly aims?: { readonly rate: number; readonly tail?: number };
}

/** The lines about one load: how many a second, how late the last of a hundred, what else was done, how much computing each. */
export function underLoad({ figure, ours, peer, peerName, aims }: Compared): readonly Row[] {
  const both = (pick: (load: Load) => number) => [toMeasured(ours.map(pick)), toMeasured(peer.map(pick))] as const;
  const line = (name: string, [mine, theirs]: readonly [Measured, Measured], word: Word): Row => ({
    figure: name,
    ours: spread(mine, word),
    peer: `${peerName} ${spread(theirs, word)}`,
    ratio: ratio(mine, theirs),
  });

  const rate = both((load) => load.perSecond);
  const tail = both((load) => load.p99Ms);
  const rows: Row[] = [
    { ...line(figure, rate, perSecond), ...(aims && { aim: `≥ ${aims.rate}×`, isMet: rate[0].median >= aims.rate * rate[1].median }) },
    { ...line("… p99", tail, ms), ...(aims?.tail && { aim: `≤ ${aims.tail}×`, isMet: tail[0].median <= aims.tail * tail[1].median }) },
  ];
  const isCpuKnown = [...ours, ...peer].every(({ cpuMicros }) => cpuMicros !== undefined);
  const answered = ours.flatMap(({ answeredPerSecond = 0 }) => (answeredPerSecond > 0 ? [answeredPerSecond] : []));
  if (answered.length > 0) rows.push({ figure: "… commands answered meanwhile", ours: spread(toMeasured(answered), perSecond) });
  return isCpuKnown
    ? [
        ...rows,
        line(
          "… computing each",
          both(({ cpuMicros = 0 }) => cpuMicros),
          micros,
        ),
      ]
    : rows;
}
