import { type Fact, facts, type Reply, text } from "../../reply.ts";
import type { Services } from "../../services.ts";
import type { Transaction } from "../records.ts";
import { nameOf } from "./name-of.ts";
import type { Duty } from "./on-call.ts";

/** Somebody can still be found in that time. */
const aheadMs = 24 * 60 * 60_000;

type Needs = Pick<Services, "onCall" | "followed" | "workspace" | "records" | "now">;

/** A time in which nobody is on call (milliseconds since the epoch). */
interface Gap {
  readonly start: number;
  /** Null where its end is not known. */
  readonly until: number | null;
}

/** Looks at each schedule that incidents go to. */
export async function alertWhereEmpty(services: Needs): Promise<void> {
  const used = new Set(services.followed.map(({ onCall }) => onCall).filter((name) => name !== undefined));
  for (const schedule of used) await alertIfEmpty(schedule, services);
}

/**
 * Tells the channels whose incidents go to the schedule when nobody is on call, or will be within a day: once for each such gap.
 *
 * @returns how the schedule stands now
 */
export async function alertIfEmpty(schedule: string, services: Needs): Promise<Duty> {
  const { onCall, followed, workspace, records, now } = services;
  const moment = now();
  const duty = await onCall.at(schedule, moment);
  const gap = gapOf(duty, moment);
  const fallback = duty.isEmpty ? duty.now.people[0] : duty.next?.people[0];
  const name = gap && fallback !== undefined ? await nameOf(fallback, workspace) : "";
  await records.transaction(async (tx) => {
    const mustTell = await isAnother(tx, duty, gap, moment);
    if (!mustTell || !gap || fallback === undefined) return;
    const concerned = Map.groupBy(
      followed.filter((entry) => entry.onCall === schedule),
      ({ channel }) => channel,
    );
    for (const [channel, entries] of concerned) {
      const repositories = entries.map(({ repository }) => repository);
      const reply = describeGap(duty, gap, { name, slackUser: fallback }, repositories);
      const key = `on-call-gap:${schedule}:${gap.start}:${channel}`;
      await tx.outbox.put({ key, lane: `on-call:${channel}`, address: { surface: "slack_post", to: { channel } }, answers: [{ reply }] });
    }
  });
  return duty;
}

function gapOf({ isEmpty, now, next }: Duty, moment: number): Gap | undefined {
  if (isEmpty) return { start: moment, until: now.until ?? null };
  const isSoon = next?.isEmpty && now.until !== undefined && now.until - moment <= aheadMs;
  return isSoon ? { start: now.until, until: next.until ?? null } : undefined;
}

/**
 * Remembers the gap.
 *
 * @returns whether it is another one than before: it is the same for as long as nobody was on call in between, wherever its ends move
 */
async function isAnother({ notes }: Transaction, { schedule, isEmpty }: Duty, gap: Gap | undefined, moment: number): Promise<boolean> {
  const key = `on-call:gap:${schedule}`;
  const told = await notes.find<Gap | null>(key);
  if (gap ?? told) await notes.put(key, gap ? { start: gap.start, until: gap.until } : null);
  const isOver = !told || (!isEmpty && told.start <= moment);
  return gap !== undefined && (isOver || told.start >= endOf(gap) || gap.start >= endOf(told));
}

const endOf = ({ until }: Gap): number => until ?? Number.POSITIVE_INFINITY;

function describeGap(
  { schedule, isEmpty, isUnread }: Duty,
  { start, until }: Gap,
  fallback: { readonly name: string; readonly slackUser: string },
  repositories: readonly string[],
): Reply {
  const headline = isUnread
    ? `The on-call schedule ${schedule} cannot be read, so nobody knows who is on call.`
    : isEmpty
      ? `Nobody is on call: the schedule ${schedule} is empty.`
      : `Nobody will be on call soon: the schedule ${schedule} has a gap within a day.`;
  const toDo = isUnread
    ? "See that its calendar or user group can be reached, or take another source, in onCall of the settings."
    : "Put somebody into its rotation, calendar or user group.";
  const times: Fact[] = [
    ...(isEmpty ? [] : [{ label: "From", value: { at: start } }]),
    ...(until === null ? [] : [{ label: "Until", value: { at: until } }]),
  ];
  return {
    outcome: "done",
    reason: isUnread ? "on_call_unread" : "on_call_gap",
    audience: "channel",
    parts: [
      text(headline, "bad"),
      facts({ label: "Stands in", value: { people: [fallback] } }, ...times, { label: "For incidents of", value: repositories.join(", ") }),
      text(`${toDo} Until then escalations go to whoever stands in.`),
    ],
  };
}
