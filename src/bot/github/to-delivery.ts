import { z } from "zod";
import type { Settings } from "../../config/settings.ts";
import type { GitHubDelivery } from "../delivery.ts";
import { isOurs } from "../render/marker.ts";

const Account = z.object({ id: z.int(), login: z.string(), type: z.string() });

const IssueComment = z.object({
  action: z.string(),
  changes: z.object({ body: z.object({ from: z.string() }).optional() }).optional(),
  issue: z.object({ number: z.int(), node_id: z.string(), pull_request: z.object({}).optional() }),
  comment: z.object({
    id: z.int(),
    node_id: z.string(),
    body: z.string().nullish(),
    created_at: z.string(),
    user: Account.nullable(),
    author_association: z.string(),
  }),
  sender: Account,
  repository: z.object({ full_name: z.string(), private: z.boolean() }),
});

/**
 * Translates the body of an `issue_comment` delivery.
 *
 * @param isUs whether a login is our own; we also speak as a person where a token is used instead of an App
 * @returns undefined when nothing in it can be for us: another action, another bot, our own words, a comment without our prefix
 * @throws z.ZodError when GitHub's shape changed
 */
export function toDelivery(
  payload: unknown,
  guid: string,
  receivedAt: number,
  { prefix, allow }: Settings,
  isUs: (login: string) => boolean,
): GitHubDelivery | undefined {
  const { action, changes, issue, comment, sender, repository } = IssueComment.parse(payload);
  const author = comment.user;
  const body = comment.body ?? "";
  if (!author || !body.toLowerCase().includes(`/${prefix}`)) return undefined;

  const said: GitHubDelivery = {
    surface: "github",
    source: `github:comment:${comment.id}`,
    saidAt: Date.parse(comment.created_at),
    receivedAt,
    repository: repository.full_name,
    isPrivate: repository.private,
    place: { kind: issue.pull_request ? "pull_request" : "issue", number: issue.number, subjectId: issue.node_id },
    saidId: comment.node_id,
    user: { id: author.id, login: author.login },
    association: comment.author_association,
    text: body,
  };
  // Who edits another's words is watched whoever they are; only what people and known bots say themselves is heard.
  const textBefore = changes?.body?.from;
  if (action === "edited" && sender.id !== author.id && textBefore !== undefined) {
    return { ...said, source: `${said.source}:edit:${guid}`, edit: { textBefore, editor: { id: sender.id, login: sender.login } } };
  }
  const isForeignBot = sender.type !== "User" && !allow.githubBots.includes(sender.id);
  const isEcho = isOurs(body) && isUs(author.login);
  return action === "created" && sender.id === author.id && !isForeignBot && !isEcho ? said : undefined;
}
