import { z } from "zod";
import { UserError } from "../../errors.ts";
import type { Theirs } from "../../pipeline/usage/ccusage-usage.ts";
import { toPico } from "../../pipeline/usage/money.ts";

const count = z.number().int().nonnegative();

/** What `ccusage claude session --json` of version 20 prints; other commands and versions use other names. */
const CcusageSessions = z.object({
  sessions: z.array(
    z.object({
      sessionId: z.string(),
      lastActivity: z.iso.datetime().optional(),
      modelBreakdowns: z.array(
        z.object({
          modelName: z.string(),
          inputTokens: count,
          outputTokens: count,
          cacheCreationTokens: count,
          cacheReadTokens: count,
          cost: z.number(),
          missingPricing: z.boolean().optional(),
        }),
      ),
    }),
  ),
});

/**
 * Reads what ccusage printed.
 *
 * @throws UserError where it is something else
 */
export function readCcusage(text: string, where: string): readonly Theirs[] {
  const read = CcusageSessions.safeParse(parseJson(text));
  if (!read.success)
    throw new UserError(
      "invalid",
      "not_ccusage",
      `${where} is not what ccusage prints by: ccusage claude session --json --offline (version 20)`,
    );
  return read.data.sessions.flatMap(({ sessionId: session, lastActivity, modelBreakdowns }) =>
    modelBreakdowns.map((model) => ({
      session,
      model: model.modelName,
      tokens: {
        uncachedIn: model.inputTokens,
        cacheRead: model.cacheReadTokens,
        cacheWrite: model.cacheCreationTokens,
        out: model.outputTokens,
      },
      costPico: toPico(model.cost),
      isUnpriced: model.missingPricing === true,
      ...(lastActivity !== undefined && { lastAt: Date.parse(lastActivity) }),
    })),
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
