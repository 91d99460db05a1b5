import type { Diagnosis } from "../pipeline/failures/diagnosis.ts";
import { decidedWords } from "../pipeline/orchestrator/decision-words.ts";
import type { Transaction } from "../pipeline/records.ts";

/** What was decided about a failed attempt, a sentence each. */
export async function decisionLines(
  { decisions }: Transaction,
  { repository, headSha, runId, attempt }: Diagnosis,
): Promise<readonly string[]> {
  const found = await decisions.ofCommit(repository, headSha);
  return found
    .filter((one) => one.runId === runId && one.attempt === attempt && one.stage !== "person")
    .map((one) => `${decidedWords(one)}${one.isCarriedOut ? " (begun by itself)" : ""}`);
}
