import type { Services } from "../../services.ts";
import type { Job } from "../queue.ts";
import type { Transaction } from "../records.ts";
import type { Crossing, Touched } from "./book.ts";
import { type Look, lookAt, type Reached } from "./look-at.ts";
import { tellAlert } from "./tell-alert.ts";

/** Of one transaction, so that nobody waits long for it. */
const budgetsAtOnce = 50;

const hourMs = 60 * 60_000;

type Needs = Pick<Services, "records" | "priceBook" | "money" | "now">;

/**
 * Looks at every budget that was touched: a level that it reaches for the first time in its period is written down and told, with all others of
 * this look in one message; one that it reaches no more is taken back, and the message that told of it says so.
 */
export function createEvaluateBudgets(services: Needs): (job: Job) => Promise<void> {
  const { records } = services;
  return async ({ id }) => {
    let isMore = true;
    while (isMore) {
      isMore = await records.transaction(async (tx) => {
        const touched = await tx.budgets.takeTouched(budgetsAtOnce);
        const changed = new Set<string>();
        for (const one of touched.toSorted(sessionsLast)) for (const alert of await evaluate(one, id, tx, services)) changed.add(alert);
        for (const alert of changed) await tellAlert(alert, tx, services);
        return touched.length === budgetsAtOnce;
      });
    }
  };
}

const sessionsLast = ({ subject: one }: Touched, { subject: other }: Touched): number =>
  Number(one.scope === "session") - Number(other.scope === "session");

/** @returns the alerts whose message has to say something else now */
async function evaluate(touched: Touched, alert: string, tx: Transaction, services: Needs): Promise<readonly string[]> {
  const look = await lookAt(touched, tx, services);
  const standing = await tx.budgets.crossings(touched.key, touched.period);
  return [...(await takeBack(standing, look, tx, services.now())), ...(await cross(look, standing, alert, tx, services))];
}

async function takeBack(standing: readonly Crossing[], look: Look | undefined, tx: Transaction, now: number): Promise<readonly string[]> {
  const isStill = ({ level, period }: Crossing) => look?.reached.some((one) => one.level === level && one.period === period) === true;
  // A pace is a look into the future, which is right or wrong but is not taken back.
  const over = standing.filter((one) => one.level !== "forecast" && one.level !== "burn" && !isStill(one));
  for (const crossing of over) await tx.budgets.takeBack(crossing, now);
  return over.flatMap(({ alert }) => (alert === undefined ? [] : [alert]));
}

async function cross(
  look: Look | undefined,
  standing: readonly Crossing[],
  alert: string,
  tx: Transaction,
  { priceBook, now }: Needs,
): Promise<readonly string[]> {
  const told: string[] = [];
  const fresh = (look?.reached ?? []).filter((one) => !standing.some(({ level, period }) => level === one.level && period === one.period));
  const own = await messageOf(fresh, alert, tx, now());
  for (const one of fresh) {
    const name = alertOf(one, look?.isFresh === true && priceBook.isAlerting, standing, own);
    const isNew = await tx.budgets.cross({ ...one, at: now(), ...(name !== undefined && { alert: name }) });
    if (isNew && name !== undefined) told.push(name);
  }
  return told;
}

/**
 * A busy team has hundreds of sessions a day that cost a dollar: what is crossed by nothing but sessions is one message an hour for each level,
 * which is edited as more of them come. With anything else, such as its pull request, a session stands in the message of the look.
 */
async function messageOf([worst]: readonly Reached[], alert: string, tx: Transaction, now: number): Promise<string> {
  if (worst?.subject.scope !== "session") return alert;
  return (await tx.budgets.ofAlert(alert)).length > 0 ? alert : `sessions:${worst.level}:${Math.floor(now / hourMs)}`;
}

/** Late usage amends the message of its own period, where there is one. */
function alertOf({ period }: Reached, isTold: boolean, standing: readonly Crossing[], alert: string): string | undefined {
  return isTold ? alert : standing.find((one) => one.period === period && one.alert !== undefined)?.alert;
}
