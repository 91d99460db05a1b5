import { GraphqlResponseError } from "@octokit/graphql";
import type { GitHub } from "../../../src/bot/github/client.ts";
import { addComment, deleteComment, lastComments, updateComment } from "../../../src/bot/github/documents/comments.ts";

export const repository = "acme/shop";
export const us = { id: 1, login: "bot[bot]", type: "Bot" };
const ada = { id: 7, login: "ada", type: "User" };

interface Comment {
  readonly id: number;
  readonly user: typeof us;
  body: string;
  readonly createdAt: number;
  updatedAt: number;
  editsInSecond: number;
}

/** A conversation on GitHub, with what our sender asks of it and the deliveries that come of everything. */
export function fakeGitHub(now: () => number, emit: (event: string, payload: object) => void, stumble: () => void) {
  const comments = new Map<number, Comment>();
  let ids = 100;
  const lock = { isOn: false };
  const second = () => Math.floor(now() / 1000) * 1000;
  const iso = (ms: number) => new Date(ms).toISOString().replace(".000Z", "Z");
  const nodeId = (id: number) => `IC_${id}`;

  const tell = (action: string, comment: Comment, sender: typeof us, changes?: object) =>
    emit("issue_comment", {
      action,
      ...(changes && { changes }),
      issue: {
        number: 12,
        node_id: "PR_12",
        title: "Add a shop",
        html_url: "https://github.com/acme/shop/pull/12",
        state: "open",
        draft: false,
        locked: lock.isOn,
        updated_at: iso(second()),
        user: ada,
        pull_request: { merged_at: null },
      },
      comment: {
        id: comment.id,
        node_id: nodeId(comment.id),
        html_url: `https://github.com/acme/shop/pull/12#issuecomment-${comment.id}`,
        body: comment.body,
        created_at: iso(comment.createdAt),
        updated_at: iso(comment.updatedAt),
        user: comment.user,
        author_association: "MEMBER",
      },
      sender,
      repository: { full_name: repository, private: false },
    });

  function say(body: string, user = ada): Comment {
    const comment: Comment = { id: ids++, user, body, createdAt: second(), updatedAt: second(), editsInSecond: 0 };
    comments.set(comment.id, comment);
    tell("created", comment, user);
    return comment;
  }

  function edit(id: number, body: string, sender = ada): void {
    const comment = comments.get(id);
    if (!comment) return;
    const from = comment.body;
    // Three changes of one comment within one second cannot be told apart by what GitHub says of them.
    const at = Math.max(second(), comment.updatedAt + (comment.editsInSecond >= 2 ? 1000 : 0));
    comment.editsInSecond = at === comment.updatedAt ? comment.editsInSecond + 1 : 1;
    Object.assign(comment, { body, updatedAt: at });
    tell("edited", comment, sender, { body: { from } });
  }

  function remove(id: number, sender = ada): void {
    const comment = comments.get(id);
    if (!comment) return;
    comments.delete(id);
    tell("deleted", comment, sender);
  }

  const known = (node: string): number => {
    const id = Number(node.slice(3));
    if (comments.has(id)) return id;
    const answer = { data: null, errors: [{ type: "NOT_FOUND", message: "gone" }] };
    throw new GraphqlResponseError({ method: "POST", url: "" }, {}, answer as never);
  };

  const client = {
    writePace: { take: () => 0 },
    async query(document: string) {
      if (document !== lastComments) throw new Error(`unknown: ${document}`);
      const nodes = [...comments.values()].map(({ id, body, user }) => ({ id: nodeId(id), body, viewerDidAuthor: user === us }));
      return { node: { comments: { nodes } } };
    },
    async mutate(document: string, variables: Record<string, string>) {
      const { id = "", body = "" } = variables;
      if (document === addComment) {
        const comment = say(body, us);
        stumble();
        return { addComment: { commentEdge: { node: { id: nodeId(comment.id) } } } };
      }
      if (document === updateComment) edit(known(id), body, us);
      else if (document === deleteComment) remove(known(id), us);
      else throw new Error(`unknown: ${document}`);
      stumble();
      return {};
    },
  };
  return { comments, lock, say, edit, remove, github: { forRepository: async () => client } as unknown as GitHub };
}
