import { z } from "zod";
import { weekdays } from "../pipeline/policy/rule.ts";
import { isSameName } from "../pipeline/same-name.ts";
import { repository, slackId } from "./words.ts";

const minutes = (otherwise: number) => z.int().min(0).max(480).default(otherwise);

/** What the return of AI is worked out from: the low and high cases go around the middle one. */
const Roi = z
  .strictObject({
    hourlyRateUsd: z.number().min(0).max(10_000).default(120).meta({ description: "what an hour of a person is worth, in US dollars" }),
    minutesSavedPerSession: z
      .strictObject({
        low: minutes(10).meta({ description: "how many minutes a session saves at least" }),
        mid: minutes(30).meta({ description: "how many it saves by and large" }),
        high: minutes(45).meta({ description: "how many it saves at most" }),
      })
      .prefault({})
      .refine(({ low, mid, high }) => low <= mid && mid <= high, "go from low over mid to high"),
  })
  .prefault({});

/** `reports` of the settings: the weekly report of what AI cost. docs/usage.md explains it. */
export const Reports = z
  .strictObject({
    channel: slackId("CG", "channel").optional().meta({
      description: "id of the channel that gets the weekly report: everybody in it reads what was spent on every repository",
      unset: "none",
    }),
    day: z.enum(weekdays).default("mon").meta({ description: "the day on which the week before it is reported: `mon`, `tue`, …" }),
    at: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "is not a time of the day, such as 09:00")
      .default("09:00")
      .meta({ description: "when, on the clock of the zone of `budgets`" }),
    discussions: repository.optional().meta({
      description:
        "a repository (`owner/name`) with a category in `discussions`: the report is a Discussion there too, unless it is public and not in `allow.internalsOn`",
      unset: "none",
    }),
    roi: Roi.meta({ description: "what is assumed where the report speaks of return" }),
  })
  .prefault({});
export type Reports = z.infer<typeof Reports>;

/** Where the report is to be a Discussion there must be a category for it. */
export function mistakesInReports(
  { discussions: named }: Reports,
  { discussions }: { readonly discussions: readonly { readonly repository: string }[] },
): readonly { readonly path: readonly string[]; readonly message: string }[] {
  if (named === undefined || discussions.some((each) => isSameName(each.repository, named))) return [];
  return [{ path: ["discussions"], message: `${named} has no category in discussions` }];
}
