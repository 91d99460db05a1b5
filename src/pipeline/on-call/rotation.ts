import type { Shift } from "./on-call.ts";
import type { Rotation } from "./schedule.ts";

/** Who is on call at a moment, and until when that stays so; nobody is where `people` is empty. */
export type Timeline = (moment: number) => Shift;

/**
 * People in turn, handed over by the clock on the wall. Where the clocks jump over the time of a hand-over it is as much later; where they
 * show it twice it is the first time. Whoever goes on after a hand-over, or after a stand-in of theirs, has one long shift.
 */
export function rotationTimeline(rotation: Rotation): Timeline {
  const { zone, people } = rotation;
  const turns = turnsOf(rotation);
  const overrides = rotation.overrides.map(({ from, to, person }) => ({ from: toInstant(from, zone), to: toInstant(to, zone), person }));
  const overrideEdges = overrides.flatMap(({ from, to }) => [from, to]);
  const hasTurns = new Set(people).size > 1;

  const standIn = (at: number) => overrides.findLast(({ from, to }) => from <= at && at < to)?.person;
  const whoAt = (at: number) => {
    const turn = turns.at(at);
    return standIn(at) ?? (turn < 0 ? undefined : people[turn % people.length]);
  };
  const edgeAfter = (at: number) => {
    const turn = turns.at(at);
    const handsOver = standIn(at) === undefined && (hasTurns || turn < 0);
    return Math.min(handsOver ? turns.begin(turn + 1) : Number.POSITIVE_INFINITY, ...overrideEdges.filter((edge) => edge > at));
  };

  return (moment) => {
    const who = whoAt(moment);
    let until = edgeAfter(moment);
    while (Number.isFinite(until) && whoAt(until) === who) until = edgeAfter(until);
    return { people: who === undefined ? [] : [who], ...(Number.isFinite(until) && { until }) };
  };
}

/** The turns, numbered from 0; -1 is the time before the first. */
function turnsOf({ zone, starts, handover, everyDays }: Rotation) {
  const first = Temporal.PlainDate.from(starts);
  const plainTime = Temporal.PlainTime.from(handover);
  const begin = (turn: number) => first.add({ days: turn * everyDays }).toZonedDateTime({ timeZone: zone, plainTime }).epochMilliseconds;
  return {
    begin,
    at(moment: number): number {
      const day = Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(zone).toPlainDate();
      let turn = Math.max(-1, Math.floor(first.until(day, { largestUnit: "days" }).days / everyDays) + 1);
      while (turn >= 0 && begin(turn) > moment) turn -= 1;
      return turn;
    },
  };
}

const toInstant = (local: string, zone: string): number => Temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds;
