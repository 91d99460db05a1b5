import type { Fault } from "./faults.ts";

/** A workspace that has no charts yet: they are newer than the other blocks. */
export const chartsRefused: Fault = { error: "invalid_blocks", block: "data_visualization" };
