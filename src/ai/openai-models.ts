import { z } from "zod";

/** The models that a key reaches, as OpenAI lists them and who speaks as it does. */
export const ListedModels = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      /** Seconds since the epoch, or a day; here in milliseconds. */
      shutdown_date: z
        .union([z.number().transform((seconds) => seconds * 1000), z.string().transform((day) => Date.parse(day))])
        .nullish()
        .catch(undefined),
    }),
  ),
});
export type ListedModels = z.infer<typeof ListedModels>;
