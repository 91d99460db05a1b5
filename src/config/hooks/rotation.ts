import { z } from "zod";

export const Rotation = z
  .strictObject({
    keepDays: z.int().min(1).max(3650).default(30).meta({
      description:
        "days after which lines of the hook log and of the status log move to their archives, and sessions that ended are forgotten",
    }),
  })
  .prefault({});
