import { type Timings, timings } from "../pipeline/incidents/timings.ts";

/** The page says so, in these words. */
const timesFaster = 60;

/** Nobody watches a quarter of an hour for an escalation: in the sandbox a minute of reminders and escalations is a second. */
export const sandboxTimings: Timings = {
  firstMessageMs: timings.firstMessageMs / timesFaster,
  escalateMs: timings.escalateMs / timesFaster,
  remindMs: timings.remindMs / timesFaster,
  releaseMs: timings.releaseMs / timesFaster,
  stillBrokenMs: timings.stillBrokenMs / timesFaster,
  quietMs: timings.quietMs / timesFaster,
  budgetsMs: 500,
  pushSettlesMs: timings.pushSettlesMs / timesFaster,
};
