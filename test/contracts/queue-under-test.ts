import { vi } from "vitest";
import type { Added, Job, NewJob, QueueWorker } from "../../src/pipeline/queue.ts";
import type { Place, State, Timing } from "./place.ts";

export const quick: Timing = { leaseMs: 600, heartbeatMs: 150, pollMs: 50 };

export interface QueueUnderTest {
  readonly place: Place;
  readonly state: State;
  add(changes?: Partial<NewJob>): Promise<Added>;
  /** Starts a worker and collects what it runs: `id`, or `id#attempt` from the second attempt on. */
  collect(handle?: (job: Job) => Promise<void> | void, worker?: QueueWorker): readonly string[];
}

export const aJob = (changes: Partial<NewJob> = {}): NewJob => ({ id: "job", task: "work", payload: null, ...changes });

export async function openQueue(create: () => Promise<Place>): Promise<QueueUnderTest> {
  const place = await create();
  const state = await place.open(quick);
  return {
    place,
    state,
    add: (changes) => state.records.transaction((tx) => tx.queue.add(aJob(changes))),
    collect(handle = () => {}, worker = state.worker) {
      const ran: string[] = [];
      worker.start({
        async work(job) {
          ran.push(job.attempt === 1 ? job.id : `${job.id}#${job.attempt}`);
          await handle(job);
        },
      });
      return ran;
    },
  };
}

export const eventually = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 8_000, interval: 10 });
