import { momentInWords } from "../pipeline/moment-in-words.ts";
import type { PhaseChange } from "../pipeline/phases/phase-changes.ts";
import { type PhasePlan, phaseInWords } from "../pipeline/phases/phases.ts";
import type { Transaction } from "../pipeline/records.ts";
import { isSameName } from "../pipeline/same-name.ts";
import { done, facts, type Reply, text } from "../reply.ts";
import type { Services } from "../services.ts";
import { historyOf } from "./phase-history.ts";
import { nameOf } from "./phase-plan.ts";

const mostChanges = 50;

/** Brings the repository's Discussion about its phases up to date, where the settings name a category for it. */
export async function postPhases(
  plan: PhasePlan,
  { phases, outbox }: Pick<Transaction, "phases" | "outbox">,
  { discussions }: Pick<Services, "discussions">,
): Promise<void> {
  const { repository } = plan;
  const place = discussions.find((one) => isSameName(one.repository, repository));
  if (!place) return;
  const changes = await phases.latest(repository, mostChanges);
  const key = `phases:${repository.toLowerCase()}`;
  const address = { surface: "github_post", repository, category: place.category, title: `CI phases of ${repository}` } as const;
  await outbox.put({ key, lane: key, address, answers: [{ reply: describe(plan, changes) }] });
}

function describe(plan: PhasePlan, changes: readonly PhaseChange[]): Reply {
  const [last] = changes;
  const id = last?.to ?? plan.phases[0].id;
  const place = plan.phases.findIndex((phase) => phase.id === id);
  const next = place < 0 ? undefined : plan.phases[place + 1];
  const earlier = (last?.number ?? 0) - changes.length;
  const history = historyOf(plan, changes);
  return {
    ...done(
      "phases",
      text(`${plan.repository} is in ${nameOf(plan, id)}`, "busy"),
      facts(
        { label: "Since", value: last ? `${momentInWords(last.at)}, by ${last.actorName}` : "it was configured" },
        { label: "Next", value: next ? phaseInWords(next) : "it is the last phase" },
      ),
      ...(history ? [{ ...history, ...(earlier > 0 && { more: `and ${earlier} earlier changes` }) }] : []),
    ),
    actions: [{ label: "Look at its deliverables", command: "check-phase" }],
  };
}
