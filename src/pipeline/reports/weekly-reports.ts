import type { weekdays } from "../policy/rule.ts";
import type { RoiAssumptions } from "./roi.ts";

/** When and where the weekly report is told, as the settings file has it; nobody is told where neither place is named. */
export interface WeeklyReports {
  /** Id of a Slack channel. */
  readonly channel?: string | undefined;
  /** The repository that it is a Discussion of. */
  readonly discussions?: string | undefined;
  readonly day: (typeof weekdays)[number];
  /** `09:00`, in the zone of money. */
  readonly at: string;
  readonly roi: RoiAssumptions;
}
