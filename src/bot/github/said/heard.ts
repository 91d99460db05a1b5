import { z } from "zod";
import type { GitHubDelivery, GitHubPlace } from "../../delivery.ts";
import { isOurs } from "../../render/marker.ts";
import type { Known } from "../known.ts";

const Account = z.object({ id: z.int(), login: z.string(), type: z.string() });

/** What the payload of every event has in which people say something. */
export const Around = z.object({
  action: z.string(),
  changes: z.object({ body: z.object({ from: z.string().nullable() }).optional() }).optional(),
  sender: Account,
  repository: z.object({ full_name: z.string(), private: z.boolean() }),
});

/** What everything that somebody said has. */
export const Words = z.object({
  id: z.int(),
  node_id: z.string(),
  body: z.string().nullish(),
  user: Account.nullable(),
  author_association: z.string(),
});

/** Something that was said, or changed, in one of the places where people write. */
export interface Said {
  readonly around: z.infer<typeof Around>;
  readonly words: z.infer<typeof Words>;
  /** Names it for ever: `github:comment:<id>`. */
  readonly source: string;
  /** When it was said, as GitHub writes times. */
  readonly at: string;
  /** The action by which it is first said; no other is acted on. */
  readonly begins: "created" | "submitted" | "opened";
  readonly place: GitHubPlace;
}

/**
 * The one rule of what is heard, wherever it was said: what people and known bots say themselves, when they say it.
 *
 * @returns undefined when nothing in it can be for us: another action, another bot, our own words, no prefix of ours
 */
export function heard({ around, words, source, at, begins, place }: Said, known: Known): GitHubDelivery | undefined {
  const { action, changes, sender, repository } = around;
  const { settings, isUs, guid, receivedAt } = known;
  const author = words.user;
  const body = words.body ?? "";
  if (!author || !body.toLowerCase().includes(`/${settings.prefix}`)) return undefined;

  const said: GitHubDelivery = {
    surface: "github",
    source,
    saidAt: Date.parse(at),
    receivedAt,
    repository: repository.full_name,
    isPrivate: repository.private,
    place,
    saidId: words.node_id,
    user: { id: author.id, login: author.login },
    association: words.author_association,
    text: body,
  };
  // Who edits another's words is watched whoever they are; only what people and known bots say themselves is heard.
  if (action === "edited" && sender.id !== author.id && changes?.body) {
    const edit = { textBefore: changes.body.from ?? "", editor: { id: sender.id, login: sender.login } };
    return { ...said, source: `${source}:edit:${guid}`, edit };
  }
  const isForeignBot = sender.type !== "User" && !settings.allow.githubBots.includes(sender.id);
  const isEcho = isOurs(body) && isUs(author.login);
  return action === begins && sender.id === author.id && !isForeignBot && !isEcho ? said : undefined;
}
