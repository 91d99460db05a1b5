import type { Logger } from "pino";
import type { Delivery, GitHubDelivery } from "../delivery.ts";
import type { GitHub } from "./client.ts";
import { addReaction } from "./documents.ts";

/** Says at a glance how a comment fared: 👀 accepted, 🚀 done, 😕 refused. Slack needs none, it shows its answer at once. */
export interface Reactions {
  /** The function it returns reacts the first time it is called. */
  acceptOnce(delivery: Delivery): () => void;
  finish(delivery: Delivery, end: "done" | "refused"): Promise<void>;
}

/** A reaction that fails is logged and forgotten: the answer matters, and adding one twice is one reaction on GitHub. */
export function githubReactions(github: GitHub, log: Logger): Reactions {
  async function react({ repository, commentId }: GitHubDelivery, content: "EYES" | "ROCKET" | "CONFUSED"): Promise<void> {
    try {
      const { mutate } = await github.forRepository(repository);
      await mutate(addReaction, { subjectId: commentId, content });
    } catch (error) {
      log.warn({ err: error, repository, content }, "a reaction could not be added");
    }
  }

  return {
    acceptOnce(delivery) {
      let isAccepted = delivery.surface === "slack";
      return () => {
        if (delivery.surface === "github" && !isAccepted) void react(delivery, "EYES");
        isAccepted = true;
      };
    },

    async finish(delivery, end) {
      if (delivery.surface === "github") await react(delivery, end === "done" ? "ROCKET" : "CONFUSED");
    },
  };
}
