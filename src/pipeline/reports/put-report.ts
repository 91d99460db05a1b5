import type { Services } from "../../services.ts";
import { mayTellInternals } from "../may-tell-internals.ts";
import type { Transaction } from "../records.ts";
import { isSameName } from "../same-name.ts";
import { exactUsd, parseUsd, showUsd } from "../usage/money.ts";
import { describeReport } from "./describe-report.ts";
import { periodInWords } from "./period.ts";
import type { Report } from "./report.ts";

/** What was told of a week, kept to tell it again when that changes. */
export interface Note {
  /** Of the ledger's sums, see printOf. */
  readonly print: string;
  /** Nothing was left unknown because GitHub could not be asked. */
  readonly isWhole: boolean;
  /** What was told first, in US dollars. */
  readonly firstUsd: string;
}

interface Putting {
  /** `2026-11-16`, the Monday: it names the messages for ever. */
  readonly monday: string;
  /** What was told before. */
  readonly note: Note | undefined;
  /** Whether it may stand in the Discussions that the settings name; undefined where that is not known. */
  readonly mayStand: boolean | undefined;
}

type Needs = Pick<Services, "reports" | "discussions" | "money" | "secrets">;

/** Tells a week in each of the places, or puts it in the place of what was told of it there. */
export async function putReport(
  { outbox }: Pick<Transaction, "outbox">,
  told: Report,
  { monday, note, mayStand }: Putting,
  { reports, discussions, money: { zone }, secrets }: Needs,
): Promise<void> {
  const { channel, discussions: named } = reports;
  const first = note && parseUsd(note.firstUsd);
  const late = first === undefined || first === told.spend.now ? [] : [`Amended: usage came late; at first it was ${showUsd(first)}.`];
  const place = discussions.find(({ repository }) => isSameName(repository, named));
  if (place && mayStand) {
    const key = `weekly-report:discussion:${monday}`;
    const title = `AI usage, ${periodInWords(told.period, zone)}`;
    const address = { surface: "github_post", ...place, title } as const;
    await outbox.put({ key, lane: key, address, answers: [{ reply: describeReport(told, { zone, secrets, notes: late }) }] });
  }
  if (channel === undefined) return;
  const kept =
    place && mayStand === false
      ? [`It is no Discussion of ${place.repository}, which everybody can read; allow.internalsOn would let it be.`]
      : [];
  await outbox.put({
    key: `weekly-report:${channel}:${monday}`,
    lane: `weekly-report:${channel}`,
    address: { surface: "slack_post", to: { channel } },
    answers: [{ reply: describeReport(told, { zone, secrets, notes: [...late, ...kept] }) }],
  });
}

/** What is to be known of it later. */
export const noteOf = (told: Report, print: string, isWhole: boolean, before: Note | undefined): Note => ({
  print,
  isWhole,
  firstUsd: before?.firstUsd ?? exactUsd(told.spend.now),
});

/**
 * Whether what concerns everything that was spent may stand in a repository: not where everybody can read it, unless the settings say so.
 *
 * @throws ServiceError or UserError when it cannot be found out
 */
export async function mayStandOn(
  repository: string | undefined,
  services: Pick<Services, "internalsOn" | "repositories">,
): Promise<boolean> {
  return repository === undefined || mayTellInternals(repository, services);
}
