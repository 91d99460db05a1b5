import { z } from "zod";
import { toLookAtWatched } from "../../../pipeline/personal/look-at-watched.ts";
import type { NewJob } from "../../../pipeline/queue.ts";
import type { Known } from "../known.ts";

const PullRequest = z.object({
  action: z.string(),
  number: z.int(),
  repository: z.object({ full_name: z.string() }),
  reason: z.string().catch("unknown reason"),
});

/** The queue lets go of what it has merged, too. */
const merged: readonly string[] = ["merge", "already_merged"];

/** For those who watch it: a new head is a new turn, out of the queue is news, and closed is the end. */
export function onPullRequest(payload: unknown, { guid }: Known): NewJob | undefined {
  const { action, number, repository, reason } = PullRequest.parse(payload);
  const id = `watched:github:${guid}`;
  if (action === "synchronize") return toLookAtWatched(id, repository.full_name, { kind: "look", number });
  if (action === "closed") return toLookAtWatched(id, repository.full_name, { kind: "closed", number });
  if (action !== "dequeued" || merged.includes(reason.toLowerCase())) return undefined;
  return toLookAtWatched(id, repository.full_name, { kind: "dequeued", number, reason });
}
