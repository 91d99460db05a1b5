import type { Services } from "../../services.ts";
import { momentInWords } from "../moment-in-words.ts";
import { shortSha } from "../next-step.ts";
import type { CurrentPhase } from "./current-phase.ts";
import { type Evaluation, metAmong } from "./evaluate.ts";
import { type Phase, phaseInWords } from "./phases.ts";

const keptForMs = 30 * 24 * 60 * 60_000;

type Count = {
  readonly phase: string;
  readonly met: number;
  readonly total: number;
  readonly place: string;
  readonly at: number;
};

const keyOf = (repository: string): string => `phase-count:${repository.toLowerCase()}`;

/** Keeps how far a phase was when somebody looked, so that others can be told without asking GitHub; what is unknown is not kept. */
export async function keepPhaseCount(
  repository: string,
  { id }: Phase,
  { head, branch, findings }: Evaluation,
  { keys, now }: Pick<Services, "keys" | "now">,
): Promise<void> {
  if (!head || findings.length === 0 || findings.some(({ state }) => state === "unknown")) return;
  const place = `${branch} @${shortSha(head.headSha)}`;
  const count: Count = { phase: id, met: metAmong(findings), total: findings.length, place, at: now() };
  await keys.set(keyOf(repository), count, keptForMs);
}

/** The current phase in one sentence, with how far it was when somebody last looked. */
export async function phaseSentence(repository: string, { id, phase }: CurrentPhase, { keys }: Pick<Services, "keys">): Promise<string> {
  if (!phase) return `Phase ${id}, which config/nextrust.yml no longer has: look with check-phase.`;
  const name = `Phase ${phaseInWords(phase)}`;
  const count = await keys.get<Count>(keyOf(repository));
  if (!count || count.phase !== id || count.total !== phase.deliverables.length) return `${name}. How far it is: check-phase`;
  return `${name}: ${count.met} of ${count.total} deliverables met (${count.place}, ${momentInWords(count.at)})`;
}
