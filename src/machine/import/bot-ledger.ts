import { z } from "zod";
import { ServiceError } from "../../errors.ts";
import type { Destination, FileMark, Taken } from "../../pipeline/usage/import/destination.ts";
import type { Usage } from "../../pipeline/usage/usage.ts";
import { askBot, type Remote } from "../remote/client.ts";
import { toEvent } from "./to-event.ts";

/** Where it is remembered what the bot has taken. */
interface Memory {
  remember(marks: readonly FileMark[]): Promise<void>;
  close(): void;
}

/** Between tries: a bot that is deployed anew is back within a minute. */
const usualPausesMs = [1_000, 2_000, 4_000, 8_000, 16_000, 30_000];

const Result = z.object({
  status: z.enum(["recorded", "amended", "known", "covered", "invalid"]),
  message: z.string().max(1_000).optional(),
});

/**
 * The ledger of a bot elsewhere. How far the files are read is remembered only after the bot has taken what they tell; if that is lost, they are
 * told again, which changes nothing.
 */
export function botLedger(remote: Remote, memory: Memory, pausesMs: readonly number[] = usualPausesMs): Destination {
  return {
    async take(usages, marks) {
      const taken = usages.length === 0 ? [] : await tell(remote, usages, pausesMs);
      await memory.remember(marks);
      return taken;
    },
    close: () => memory.close(),
  };
}

async function tell(remote: Remote, usages: readonly Usage[], pausesMs: readonly number[]): Promise<readonly Taken[]> {
  const answer = z.object({ results: z.array(Result).length(usages.length) });
  const asked = { path: "/v1/events", told: { events: usages.map(toEvent) }, pausesMs };
  const { results } = await askBot(remote, answer, asked).catch((error: unknown) => {
    if (!(error instanceof ServiceError)) throw error;
    const { message, service, retryable, cause } = error;
    throw new ServiceError(`${message} What it has taken so far stays; run the import again for the rest.`, { service, retryable, cause });
  });
  return results.map(({ status, message }) =>
    status === "invalid"
      ? { outcome: "refused", costPico: null, why: message ?? "the bot does not say why" }
      : { outcome: status, costPico: null },
  );
}
