import type { Services } from "../../services.ts";
import type { Transaction } from "../records.ts";
import { isSameName } from "../same-name.ts";
import { describePostMortem, postMortemTitle } from "./describe-post-mortem.ts";
import type { Incident } from "./incident.ts";
import { followedAmong } from "./pipeline-of.ts";

export type PostMortemNeeds = Pick<Services, "followed" | "discussions">;

/**
 * Puts a Discussion about a resolved incident that people were told of, where the settings ask for it. One for each: what is found out
 * later edits it.
 */
export async function putPostMortem(
  tx: Pick<Transaction, "incidents" | "outbox">,
  incident: Incident,
  { followed, discussions }: PostMortemNeeds,
): Promise<void> {
  const { repository } = incident.subject;
  const place = discussions.find((one) => isSameName(one.repository, repository));
  if (!incident.isTold || !incident.resolved || !place || !followedAmong(followed, repository)?.postMortem) return;
  const key = `post-mortem:${incident.number}`;
  const address = { surface: "github_post", repository, category: place.category, title: postMortemTitle(incident) } as const;
  const reply = describePostMortem(incident, await tx.incidents.timeline(incident.number));
  await tx.outbox.put({ key, lane: key, address, answers: [{ reply }] });
}
