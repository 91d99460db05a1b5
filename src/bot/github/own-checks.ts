import { z } from "zod";
import type { Pipeline } from "../../pipeline/pipelines.ts";
import type { GitHub } from "./client.ts";
import { toJobState } from "./to-job.ts";

/** The check runs of our own on a commit; absent where we act by a token, and have none. */
export const OwnChecks = z
  .object({
    nodes: z.array(
      z.object({ checkRuns: z.object({ nodes: z.array(z.object({ status: z.string(), conclusion: z.string().nullable() })) }) }),
    ),
  })
  .optional();

/** The variables of every document that looks at the checks of a commit. */
export const asOurs = ({ appId }: Pick<GitHub, "appId">) => ({ app: appId ?? null, isApp: appId !== undefined });

/** What we say of a commit ourselves is no check of it. */
export function withoutOurs(counts: Pipeline["counts"], ours: z.infer<typeof OwnChecks>): Pipeline["counts"] {
  const left = new Map(Object.entries(counts));
  for (const { conclusion, status } of ours?.nodes.flatMap(({ checkRuns }) => checkRuns.nodes) ?? []) {
    const state = toJobState(conclusion ?? status);
    left.set(state, (left.get(state) ?? 0) - 1);
  }
  return Object.fromEntries([...left].filter(([, count]) => count > 0));
}

const Ours = z.object({ checkSuite: z.object({ app: z.object({ databaseId: z.number().nullable() }).nullable() }).nullish() });

export function isOurCheck(node: unknown, { appId }: Pick<GitHub, "appId">): boolean {
  const app = Ours.safeParse(node).data?.checkSuite?.app;
  return appId !== undefined && app?.databaseId === appId;
}
