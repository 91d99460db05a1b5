import { z } from "zod";

/** What is asked for when a phase is complete. */
export const PhaseReview = z
  .strictObject({
    share: z
      .number()
      .gt(0)
      .max(1)
      .default(0.9)
      .meta({ description: "the share of a phase's deliverables that makes it complete, above 0 and at most 1 for all of them" }),
    review: z.boolean().default(true).meta({ description: "ask Gemini for a review of the phase" }),
    design: z.boolean().default(true).meta({ description: "ask o3 for a design of the next phase" }),
  })
  .prefault({});
