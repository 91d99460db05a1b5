import { UserError } from "../errors.ts";
import { type ActionsCache, sizeInWords, totalSize } from "../pipeline/caches.ts";
import { addClearing, underWay } from "../pipeline/clear-caches.ts";
import type { Json } from "../pipeline/json.ts";
import { type Part, text } from "../reply.ts";
import type { Services } from "../services.ts";
import { toAsker } from "./asker.ts";
import { type Context, defineCommand, type Question, type Target } from "./command.ts";
import { headOf, type PinnedTarget, takePinnedTarget } from "./head.ts";

const mostRows = 8;

interface Input {
  readonly isAllRefs: boolean;
  readonly place: PinnedTarget;
}

type Needs = Pick<Services, "caches" | "pipelines" | "records" | "now">;

export const clearCache = defineCommand({
  name: "clear-cache",
  usage: "[--all-refs] [#pr|@branch]",
  summary: "Delete the Actions caches of a pull request or branch, or all of them; shows what goes, and asks.",
  examples: [
    { args: "#12", does: "the caches of a pull request" },
    { args: "@main", does: "the caches of a branch" },
    { args: "--all-refs owner/repo@", does: "every cache of a repository" },
  ],
  role: "admin",
  isMutating: true,
  actsOnHead: true,
  parse: (args): Input => ({ isAllRefs: args.switch("all-refs"), place: takePinnedTarget(args) }),
  targetOf: ({ place }) => place.target,

  async ask({ isAllRefs, place }, context, services: Needs): Promise<Question> {
    const { repository } = context.target as Target;
    const ref = isAllRefs ? undefined : await refOf(place, context, services);
    const caches = await services.caches.list(repository, ref);
    const where = ref === undefined ? `all refs of ${repository}` : `${ref} in ${repository}`;
    if (caches.length === 0) throw new UserError("not_applicable", "no_caches", `There are no caches of ${where}.`);

    const amount = `${caches.length} ${caches.length === 1 ? "cache" : "caches"} (${sizeInWords(totalSize(caches))})`;
    return {
      parts: [text(`Delete ${amount} of ${where}? The next runs build without them.`), listed(caches)],
      label: caches.length === 1 ? "Delete the cache" : `Delete ${caches.length} caches`,
      confirm: { title: "Delete the caches?", text: `${amount} of ${where}. This cannot be undone.` },
      agreedTo: caches.map((cache) => ({ ...cache })) as Json,
    };
  },

  async run(_, context, { records, now }: Needs, agreedTo) {
    const caches = agreedTo as unknown as readonly ActionsCache[];
    const { repository } = context.target as Target;
    const { intent, place } = context;
    const clearing = { intent, repository, place, asker: toAsker(context), caches, askedAt: now() };
    await records.transaction((tx) => addClearing(clearing, tx));
    return underWay(clearing, 0);
  },
});

async function refOf(place: PinnedTarget, context: Context, services: Needs): Promise<string> {
  const { subject } = await headOf(place, context, services, "clear-cache");
  return subject.kind === "pull_request" ? `refs/pull/${subject.number}/merge` : `refs/heads/${subject.name}`;
}

function listed(caches: readonly ActionsCache[]): Part {
  const largest = caches.toSorted((one, other) => other.sizeBytes - one.sizeBytes);
  const rows = largest.slice(0, mostRows).map(({ key, ref, sizeBytes }) => ({ cells: [sizeInWords(sizeBytes), key, ref] }));
  const more = caches.length > mostRows ? { more: `and ${caches.length - mostRows} more` } : {};
  return { kind: "table", columns: ["Size", "Key", "Ref"], rows, ...more };
}
