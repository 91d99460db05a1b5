import type { CommentView } from "../github/conversation.ts";
import type { ConsoleComment } from "./console-github.ts";

// The emulation looks at its clock once for each of a comment's two times.
const clockReadTwiceMs = 20;

/** Of comments the emulation keeps no editor, so those go by their times. */
export const toComment =
  (botLogin: string) =>
  (said: CommentView & { readonly isEdited?: boolean }): ConsoleComment => {
    const { id, author, body, createdAt, updatedAt, reactions, minimised } = said;
    return {
      id: String(id),
      author,
      isBot: author === botLogin,
      body,
      createdAt,
      isEdited: said.isEdited ?? Date.parse(updatedAt) - Date.parse(createdAt) > clockReadTwiceMs,
      reactions: [...Map.groupBy(reactions, ({ content }) => content)].map(([content, given]) => ({ content, count: given.length })),
      ...(minimised !== undefined && { minimised }),
    };
  };
