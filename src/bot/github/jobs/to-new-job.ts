import type { NewJob } from "../../../pipeline/queue.ts";
import type { Known } from "../known.ts";

/** Makes a job of a delivery; undefined when nothing in it is for us. Throws z.ZodError when what it cannot do without is not as we know it. */
export type ToNewJob = (payload: unknown, known: Known) => NewJob | undefined;
