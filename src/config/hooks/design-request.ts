import { z } from "zod";

/** When advice is asked for. */
export const DesignRequest = z
  .strictObject({
    afterFailures: z
      .int()
      .min(1)
      .max(20)
      .default(2)
      .meta({ description: "how often (at most 20) a command may fail at one commit before o3 is asked for help: one more failure asks" }),
  })
  .prefault({});
