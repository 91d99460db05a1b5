import type { Ledger } from "../../pipeline/usage/ledger.ts";

/** Where the figures come from: a state file, or a bot. */
export interface UsageSource extends Pick<Ledger, "sums" | "meteredPico"> {
  /** Models without a price, most tokens first. */
  unpriced(query: { readonly since: number; readonly until: number }): Promise<readonly UnpricedModel[]>;
  /** As the report names it. */
  readonly name: string;
  close(): void;
}

export interface UnpricedModel {
  readonly model: string;
  readonly tokens: number;
}
