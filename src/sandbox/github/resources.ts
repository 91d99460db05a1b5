import * as z from "zod";

// What the emulator answers, with the fields that the front needs.

export const Account = z.object({ login: z.string(), id: z.number(), node_id: z.string(), type: z.string() });
export type Account = z.infer<typeof Account>;

export const Repository = z.object({
  id: z.number(),
  node_id: z.string(),
  name: z.string(),
  full_name: z.string(),
  private: z.boolean(),
  html_url: z.string(),
  default_branch: z.string(),
});
export type Repository = z.infer<typeof Repository>;

export const Commit = z.object({
  sha: z.string(),
  node_id: z.string(),
  html_url: z.string(),
  commit: z.object({
    message: z.string(),
    author: z.object({ name: z.string(), email: z.string(), date: z.string() }),
    committer: z.object({ date: z.string() }),
  }),
  author: Account.nullish(),
});
export type Commit = z.infer<typeof Commit>;

export const Pull = z.object({
  id: z.number(),
  node_id: z.string(),
  number: z.number(),
  title: z.string(),
  html_url: z.string(),
  diff_url: z.string(),
  patch_url: z.string(),
  url: z.string(),
  state: z.enum(["open", "closed"]),
  draft: z.boolean(),
  merged: z.boolean(),
  merged_at: z.string().nullable(),
  closed_at: z.string().nullable(),
  merged_by: Account.nullish(),
  mergeable: z.boolean().nullable(),
  created_at: z.string(),
  updated_at: z.string(),
  body: z.string().nullable(),
  user: Account,
  labels: z.array(z.looseObject({ name: z.string() })),
  // Whole, because deliveries pass them on.
  head: z.looseObject({ ref: z.string(), sha: z.string(), repo: z.looseObject({ full_name: z.string() }) }),
  base: z.looseObject({ sha: z.string(), ref: z.string(), repo: z.looseObject({ full_name: z.string() }) }),
});
export type Pull = z.infer<typeof Pull>;

export const Issue = z.object({
  id: z.number(),
  node_id: z.string(),
  number: z.number(),
  title: z.string(),
  html_url: z.string(),
  state: z.enum(["open", "closed"]),
  created_at: z.string(),
  body: z.string().nullable(),
  user: Account,
});
export type Issue = z.infer<typeof Issue>;

export const Comment = z.looseObject({
  id: z.number(),
  node_id: z.string(),
  html_url: z.string(),
  issue_url: z.string(),
  body: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
  author_association: z.string(),
  user: Account,
});
export type Comment = z.infer<typeof Comment>;

/** The issue or pull request that a comment belongs to. */
export const numberOf = (comment: Comment): number => Number(comment.issue_url.split("/").at(-1));
