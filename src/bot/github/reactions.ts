import type { Logger } from "pino";
import { Postponed } from "../../pipeline/queue.ts";
import { type Delivery, type GitHubDelivery, isPress } from "../delivery.ts";
import type { GitHub } from "./client.ts";
import { addReaction } from "./documents/comments.ts";

/** Says at a glance how a comment fared: 👀 accepted, 🚀 done, 😕 refused. Slack needs none, it shows its answer at once. */
export interface Reactions {
  /** The function it returns reacts the first time it is called. */
  acceptOnce(delivery: Delivery): () => void;
  /**
   * @param isOnlyAnswer the person gets no other sign, so that this one must come: throws Postponed until it may be written
   */
  finish(delivery: Delivery, end: "done" | "refused", isOnlyAnswer: boolean): Promise<void>;
}

/** When writes are scarce, comments come first, then reactions that are the only answer, then the others. */
const sparedForComments = 1;
const sparedForAnswers = 2;

/** A reaction that fails is logged and forgotten: the answer matters, and adding one twice is one reaction on GitHub. */
export function githubReactions(github: GitHub, log: Logger): Reactions {
  async function react(
    { repository, saidId }: GitHubDelivery,
    content: "EYES" | "ROCKET" | "CONFUSED",
    isOnlyAnswer: boolean,
  ): Promise<void> {
    try {
      const { mutate, writePace } = await github.forRepository(repository);
      const waitMs = writePace.take(isOnlyAnswer ? sparedForComments : sparedForAnswers);
      if (waitMs > 0 && isOnlyAnswer) throw new Postponed(waitMs);
      if (waitMs === 0) await mutate(addReaction, { subjectId: saidId, content });
    } catch (error) {
      if (error instanceof Postponed) throw error;
      log.warn({ err: error, repository, content }, "a reaction could not be added");
    }
  }

  return {
    acceptOnce(delivery) {
      // A check run takes no reactions.
      let isAccepted = delivery.surface === "slack" || isPress(delivery);
      return () => {
        if (delivery.surface === "github" && !isAccepted) void react(delivery, "EYES", false);
        isAccepted = true;
      };
    },

    async finish(delivery, end, isOnlyAnswer) {
      if (delivery.surface === "github") await react(delivery, end === "done" ? "ROCKET" : "CONFUSED", isOnlyAnswer);
    },
  };
}
