import { z } from "zod";
import type { ChangedFile, Changes, PullChange } from "../../pipeline/changes.ts";
import { coordinates, type GitHub, inRepository } from "./client.ts";
import { compare } from "./compare.ts";
import { changedPull, fileAt } from "./documents/changes.ts";
import { rethrow } from "./errors.ts";
import { find } from "./find.ts";
import { createToChangedFiles, DiffEntry } from "./to-changed-files.ts";

const Author = z.object({ __typename: z.string(), login: z.string(), databaseId: z.number().nullish() });
const Pull = z.object({
  id: z.string(),
  number: z.number(),
  url: z.string(),
  title: z.string(),
  body: z.string(),
  author: Author.nullable(),
  labels: z.object({ nodes: z.array(z.object({ name: z.string() }).nullable()).nullable() }).nullable(),
  state: z.enum(["OPEN", "CLOSED", "MERGED"]),
  isDraft: z.boolean(),
  isCrossRepository: z.boolean(),
  headRefOid: z.string(),
  baseRefOid: z.string(),
  baseRefName: z.string(),
});
const Found = z.object({ repository: z.object({ nameWithOwner: z.string(), pullRequest: Pull.nullable() }).nullable() });

const Blob = z.object({ text: z.string().nullish(), byteSize: z.number().optional(), isBinary: z.boolean().nullish() });
const Read = z.object({ repository: z.object({ object: Blob.nullable() }).nullable() });

const pageSize = 100;
/** GitHub lists at most 3,000 files. */
const mostPages = 30;
const mostBytes = 64 * 1024;

/** Pull requests and files by GraphQL; differences by REST, because GraphQL has none. */
export function githubChanges(github: GitHub): Changes {
  return {
    async pull(repository, number) {
      const found = await find(github, repository, changedPull, { ...coordinates(repository), number }, Found);
      const { nameWithOwner, pullRequest } = found?.repository ?? {};
      return nameWithOwner !== undefined && pullRequest ? toPullChange(nameWithOwner, pullRequest) : undefined;
    },

    async files(repository, number) {
      const { rest } = await github.forRepository(repository);
      const toChangedFiles = createToChangedFiles();
      const files: ChangedFile[] = [];
      for (let page = 1; page <= mostPages; page++) {
        const asked = { ...inRepository(repository), pull_number: number, per_page: pageSize, page };
        const listed = z.array(DiffEntry).parse((await rest.pulls.listFiles(asked).catch(rethrow)).data);
        files.push(...toChangedFiles(listed));
        if (listed.length < pageSize) return { files, isCut: false };
      }
      return { files, isCut: true };
    },

    async between(repository, fromSha, toSha) {
      const found = await compare(await github.forRepository(repository), repository, fromSha, toSha);
      if (found?.status !== "ahead" && found?.status !== "identical") return undefined;
      return { files: found.files, isCut: found.isCut };
    },

    async file(repository, ref, path) {
      if (!isRef(ref) || !isPath(path)) return undefined;
      const found = await find(github, repository, fileAt, { ...coordinates(repository), expression: `${ref}:${path}` }, Read);
      const { text, byteSize = 0, isBinary } = found?.repository?.object ?? {};
      return isBinary || byteSize > mostBytes ? undefined : (text ?? undefined);
    },
  };
}

/** Names a branch, tag or commit and nothing else: no range, no ancestor, no date, by git's own rule for names of refs. */
const isRef = (ref: string): boolean => ref !== "" && !ref.startsWith("-") && !/[\s:~^?*[\\\p{Cc}]|\.\.|@\{/u.test(ref);

/** Lies below the root, by its plain name. */
const isPath = (path: string): boolean =>
  !/[\p{Cc}\\]/u.test(path) && path.split("/").every((part) => part !== "" && part !== "." && part !== "..");

function toPullChange(repository: string, pull: z.infer<typeof Pull>): PullChange {
  const { id, number, url, title, body, labels, state, isDraft, isCrossRepository, headRefOid, baseRefOid, baseRefName } = pull;
  return {
    ...{ repository, number, subjectId: id, url, title, body, isDraft },
    author: toAuthor(pull.author),
    labels: (labels?.nodes ?? []).flatMap((label) => label?.name ?? []),
    state: state === "OPEN" ? "open" : state === "MERGED" ? "merged" : "closed",
    isFork: isCrossRepository,
    headSha: headRefOid,
    baseSha: baseRefOid,
    baseBranch: baseRefName,
  };
}

/** A bot's login is as REST and deliveries write it. */
function toAuthor(author: z.infer<typeof Author> | null): PullChange["author"] {
  if (!author?.databaseId) return undefined;
  const isBot = author.__typename === "Bot";
  return { id: author.databaseId, login: isBot ? `${author.login}[bot]` : author.login, isBot };
}
