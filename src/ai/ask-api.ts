import type { Call, Failure, ProviderAnswer } from "../pipeline/ai/provider.ts";
import { type ModelSaid, toAnswer } from "./said.ts";
import { type Failed, failedOf, troubleOf } from "./trouble.ts";
import { withRetries } from "./with-retries.ts";

export interface AskApi<E> {
  /** Sends the question; it is open when the service has begun to answer. */
  open(): Promise<AsyncIterable<E>>;
  /** Reads the answer; undefined where it ends before its end, or in a form that is not known. */
  read(events: AsyncIterable<E>): Promise<ModelSaid | undefined>;
  readonly secrets: readonly string[];
  readonly now: () => number;
  readonly random: () => number;
}

/**
 * Asks an API that streams its answer: so a connection that is dead is seen early, and an abort stops the spending. The call's signal is the
 * deadline over all attempts.
 */
export async function askApi<T, E>(
  { prompt, signal }: Call<T>,
  { open, read, secrets, now, random }: AskApi<E>,
): Promise<ProviderAnswer<T>> {
  let before: string | undefined;
  async function attempt() {
    try {
      return { value: await open() };
    } catch (error) {
      const trouble = troubleOf(error, secrets, now());
      if (!signal.aborted) before = trouble.detail;
      return { trouble };
    }
  }
  const opened = await withRetries(attempt, signal, random);
  if (signal.aborted) return failed("timeout", before === undefined ? late : `${late} Before that: ${before}`);
  if ("trouble" in opened) return failedOf(opened.trouble, now());

  try {
    const said = await read(opened.value);
    if (said !== undefined) return toAnswer(said, prompt, secrets);
    return signal.aborted ? failed("timeout", late) : failed("unavailable", "The answer broke off, or has a form that is not known.");
  } catch (error) {
    return signal.aborted ? failed("timeout", late) : failedOf(troubleOf(error, secrets, now()), now());
  }
}

const late = "No answer in time.";
const mostShown = 300;

const failed = (failure: Failure, detail: string): Failed => ({ kind: "failed", failure, detail: detail.slice(0, mostShown), spent: [] });
