import type { Json } from "./json.ts";

export type Claim =
  | { readonly state: "claimed" }
  /** Somebody else is at it; the lease runs out in `freeInMs` milliseconds unless they extend it. */
  | { readonly state: "held"; readonly holder: string; readonly freeInMs: number }
  | { readonly state: "done"; readonly result: Json };

/** Who may do a thing that must happen once. */
export interface Claims {
  /**
   * Takes the key in one atomic step. Of any number of callers with different holders, in any number of processes, exactly one gets
   * "claimed". The same holder claiming again renews its lease: a job that a crash interrupted resumes at once.
   * A failed or expired claim may be taken by anyone.
   */
  claim(key: string, holder: string, leaseMs: number): Promise<Claim>;
  /** Renews a lease that is still ours; false when it was lost. */
  extend(key: string, holder: string, leaseMs: number): Promise<boolean>;
  /** Ends a claim that is still ours: `done` keeps the result 7 days for whoever asks again, `failed` lets the next caller claim. */
  settle(
    key: string,
    holder: string,
    end: { readonly outcome: "done"; readonly result: Json } | { readonly outcome: "failed" },
  ): Promise<void>;
}
