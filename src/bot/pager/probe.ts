import { pagerState } from "../../pipeline/pager/state.ts";
import type { Records } from "../../pipeline/records.ts";
import type { Probe } from "../health.ts";

/** Whether the pager takes pages, as far as the last one showed. */
export const pagerProbe =
  (records: Records): Probe =>
  async () => {
    const state = await records.transaction(pagerState);
    if (state) throw new Error(`${state.error} (since ${new Date(state.downSince).toISOString()})`);
  };
