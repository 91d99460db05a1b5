import { z } from "zod";

export const PhaseBanner = z
  .strictObject({
    everyMinutes: z.int().min(1).max(1440).default(60).meta({
      description: "minutes after which a session is told the same phase again; what changed is told at once",
    }),
  })
  .prefault({});
