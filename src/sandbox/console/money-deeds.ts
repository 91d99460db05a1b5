import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { GitHubSandbox } from "../github/github-sandbox.ts";
import type { Programs } from "../money/programs.ts";
import { requestsForADollar, toolNames, tools } from "../money/tools.ts";
import type { Deeds } from "./deed.ts";
import { As, githubOf } from "./people.ts";

const Spent = z.object({
  as: As,
  tool: z.enum(toolNames),
  dollars: z.int().min(1).max(100),
  /** Without one it is spent in a session of theirs alone. */
  pull: z.int().optional(),
  /** One that was granted before. */
  reservation: z.string().optional(),
});
type Spent = z.infer<typeof Spent>;

/** What a visitor has programs spend. */
export function createMoneyDeeds(programs: Programs, { repository }: Pick<GitHubSandbox, "repository">): Deeds {
  const aboutOf = ({ as, pull }: Spent) => ({
    actor: githubOf(as),
    repository,
    ...(pull === undefined ? { session: `console-${as}` } : { pullRequest: pull }),
  });

  return {
    async "/sandbox/money/spend"(body) {
      const spent = Spent.parse(body);
      const { tool, dollars, reservation } = spent;
      const at = Date.now();
      const about = { ...aboutOf(spent), ...(reservation !== undefined && { reservation }) };
      const requests = Array.from({ length: dollars * requestsForADollar }, () => ({
        type: "usage",
        id: `console:${randomUUID()}`,
        at,
        ...tools[tool],
        ...about,
      }));
      const end = reservation === undefined ? [] : [{ type: "settle", id: `console:${randomUUID()}`, reservation }];
      await programs.tell([...requests, ...end]);
      return { requests: requests.length };
    },

    async "/sandbox/money/ask"(body) {
      const asked = Spent.parse(body);
      const { model, service, basis } = tools[asked.tool];
      const id = `console:${randomUUID()}`;
      const estimateUsd = basis === "metered" ? String(asked.dollars) : null;
      const [told] = await programs.tell([{ type: "reserve", id, service, model, estimateUsd, ...aboutOf(asked) }]);
      return told?.status === "granted" ? { reservation: id } : { refused: told?.message };
    },
  };
}
