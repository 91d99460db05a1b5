import { z } from "zod";

export const PromptAudit = z
  .strictObject({
    keepExcerpt: z
      .boolean()
      .default(false)
      .meta({ description: "whether the first 200 characters of a prompt are kept on this machine, secrets masked" }),
  })
  .prefault({});
