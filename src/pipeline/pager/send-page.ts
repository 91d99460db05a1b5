import { ServiceError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import { mask } from "../logs/mask.ts";
import { type Job, Postponed } from "../queue.ts";
import { isSameName } from "../same-name.ts";
import { noteSuccess, noteTrouble } from "./outage.ts";
import type { Page } from "./page.ts";

type Needs = Pick<Services, "pager" | "records" | "followed" | "secrets" | "now">;

/** Tells the pager. That it could not be told is told to people at the first failed try; the queue tries on. */
export function createPage({ pager, records, followed, secrets, now }: Needs): (job: Job) => Promise<void> {
  return async ({ id, payload }) => {
    const page = payload as unknown as Page;
    // The settings say no longer that anybody is paged.
    if (!pager) return;
    if (page.action === "trigger" && (await isOver(page))) return;
    try {
      await pager.tell({ ...page, summary: mask(page.summary, secrets) });
    } catch (error) {
      if (!(error instanceof ServiceError || error instanceof Postponed)) throw error;
      const channel = followed.find(({ repository }) => isSameName(repository, page.repository))?.channel;
      await records.transaction((tx) => noteTrouble(tx, { id, incident: page.incident, channel }, error, now()));
      throw error;
    }
    await records.transaction((tx) => noteSuccess(tx, now()));
  };

  /** Nobody is woken late for what is over. */
  async function isOver({ incident }: Page): Promise<boolean> {
    return (await records.transaction(({ incidents }) => incidents.find(incident)))?.state === "resolved";
  }
}
