import { nodeId } from "../node-id.ts";
import type { Reaction } from "../reactions.ts";
import { actorNode } from "./account.ts";
import { connectionOf, type PageArgs } from "./connection.ts";
import type { Context } from "./context.ts";

const contents = ["THUMBS_UP", "THUMBS_DOWN", "LAUGH", "HOORAY", "CONFUSED", "HEART", "ROCKET", "EYES"];

/** The fields that everything has which one can react to. */
export function reactable({ world, actor }: Context, subjectId: string) {
  const reactions = () => world.reactions.on(subjectId);
  return {
    reactions: ({ content, ...page }: PageArgs & { content?: string }) =>
      connectionOf(
        "reactions",
        reactions()
          .filter((reaction) => !content || reaction.content === content)
          .map((reaction) => reactionNode({ world, actor }, reaction)),
        page,
      ),
    reactionGroups: () =>
      contents.map((content) => {
        const same = reactions().filter((reaction) => reaction.content === content);
        const total = () => ({ totalCount: same.length });
        return {
          content,
          createdAt: same[0]?.createdAt ?? null,
          viewerHasReacted: same.some(({ login }) => login === actor.login),
          reactors: total,
          users: total,
        };
      }),
  };
}

export function reactionNode({ world }: Context, { id, login, content, createdAt }: Reaction) {
  const account = world.accounts.find((candidate) => candidate.login === login);
  return {
    __typename: "Reaction",
    id: nodeId("Reaction", id),
    databaseId: id,
    content,
    createdAt,
    user: account ? actorNode(account, world.url) : null,
  };
}
