import { z } from "zod";

/** What an API says is wrong: OpenAI in `code` and `type`, Google in `status` and `details`. */
const Said = z.object({
  message: z.string().optional().catch(undefined),
  /** A word of OpenAI's; Google repeats the HTTP status here. */
  code: z.string().optional().catch(undefined),
  type: z.string().optional().catch(undefined),
  status: z.string().optional().catch(undefined),
  details: z
    .array(
      z.object({
        /** `API_KEY_INVALID` */
        reason: z.string().optional().catch(undefined),
        /** `33s` */
        retryDelay: z.string().optional().catch(undefined),
        violations: z
          .array(z.object({ quotaId: z.string().optional().catch(undefined) }))
          .optional()
          .catch(undefined),
      }),
    )
    .optional()
    .catch(undefined),
});
export type Said = z.infer<typeof Said>;

/** Google puts an error of its OpenAI-compatible API into a list. */
const Listed = z.tuple([z.object({ error: Said })]).rest(z.unknown());

/** @param body `error` of an error of the package, whatever it is */
export function saidIn(body: unknown): Said {
  const listed = Listed.safeParse(body);
  if (listed.success) return listed.data[0].error;
  const plain = Said.safeParse(body);
  return plain.success ? plain.data : {};
}
