import { clipped } from "../logs/clipped.ts";
import { mask } from "../logs/mask.ts";
import { withoutControls } from "../logs/to-plain-line.ts";
import { longestActivity } from "./status-log.ts";

/** What was said or run, as it is kept: masked, in one line. */
export const activityText = (text: string): string =>
  clipped(mask(withoutControls(text.slice(0, 16 * longestActivity).replaceAll(/\s*[\r\n]+\s*/g, " ")).trim(), []), longestActivity);
