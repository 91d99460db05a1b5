import { z } from "zod";
import { UserError } from "../../errors.ts";
import type { ActionsCache, Caches } from "../../pipeline/caches.ts";
import { act, type Refused } from "./act.ts";
import { type GitHub, inRepository } from "./client.ts";
import { rethrow } from "./errors.ts";

const pageSize = 100;
const mostPages = 10;

const Listed = z.object({
  total_count: z.number(),
  actions_caches: z.array(z.object({ key: z.string(), ref: z.string(), size_in_bytes: z.number() })),
});

export function githubCaches(github: GitHub): Caches {
  return {
    async list(repository, ref) {
      const { rest } = await github.forRepository(repository);
      const caches: ActionsCache[] = [];
      for (let page = 1; page <= mostPages; page++) {
        const asked = { ...inRepository(repository), ...(ref !== undefined && { ref }), per_page: pageSize, page };
        const { total_count, actions_caches } = Listed.parse((await rest.actions.getActionsCacheList(asked).catch(rethrow)).data);
        caches.push(...actions_caches.map(({ key, ref, size_in_bytes: sizeBytes }) => ({ key, ref, sizeBytes })));
        if (page * pageSize >= total_count) break;
      }
      return caches;
    },

    async delete(repository, { key, ref }) {
      const acted = await act<unknown>(github, repository, (rest) =>
        rest.actions.deleteActionsCacheByKey({ ...inRepository(repository), key, ref }),
      );
      if (!("refused" in acted)) return true;
      if (acted.refused.status === 404) return false;
      throw new UserError("refused", "cache_refused", sentence(acted.refused, repository));
    },
  };
}

function sentence({ status, said }: Refused, repository: string): string {
  if (status !== 403) return `GitHub refuses to delete caches in ${repository}: “${said.slice(0, 300)}”.`;
  return `GitHub does not let the bot delete caches in ${repository}: it needs the permission Actions: write.`;
}
