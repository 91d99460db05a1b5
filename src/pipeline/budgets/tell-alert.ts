import type { Services } from "../../services.ts";
import type { Transaction } from "../records.ts";
import type { UsageKey } from "../usage/ledger.ts";
import type { Crossing } from "./book.ts";
import { queryOf } from "./budget.ts";
import { type Contributor, describeAlert } from "./describe-alert.ts";
import { bySeverity } from "./levels.ts";
import { toTellPull } from "./tell-pull.ts";

const mostContributors = 3;

/** Makes an alert's messages say how it stands: in the channel, and on the pull requests that it is about. The same again changes nothing. */
export async function tellAlert(alert: string, tx: Transaction, { money, now }: Pick<Services, "money" | "now">): Promise<void> {
  const crossings = await tx.budgets.ofAlert(alert);
  const { channel, zone } = money;
  if (channel !== undefined) {
    const reply = describeAlert({ crossings, contributors: await contributorsOf(crossings, tx), zone });
    await tx.outbox.put({
      key: `budget-alert:${alert}`,
      lane: `budgets:${channel}`,
      address: { surface: "slack_post", to: { channel } },
      answers: [{ reply }],
    });
  }
  for (const { subject } of crossings) if (subject.scope === "pr") await tx.queue.add(toTellPull(subject, now()));
}

/** Of whole spans of time the pull requests count, of a session or pull request the models. */
async function contributorsOf(crossings: readonly Crossing[], tx: Transaction): Promise<readonly Contributor[]> {
  const [worst] = crossings
    .filter(({ subject, takenBackAt }) => subject.scope !== "unpriced" && takenBackAt === undefined)
    .toSorted(inOrder);
  if (!worst || worst.subject.scope === "unpriced") return [];
  const by: UsageKey = "period" in worst.subject ? "pr" : "model";
  const sums = await tx.ledger.sums(queryOf(worst.subject), [by]);
  return sums
    .filter(({ costPico }) => costPico.metered > 0n)
    .slice(0, mostContributors)
    .map(({ group, costPico }) => ({ name: group[0] ?? "outside pull requests", costPico: costPico.metered }));
}

const inOrder = (one: Crossing, other: Crossing): number => bySeverity(one.level, other.level);
