import type { Reply } from "../../reply.ts";
import type { Outbox, StoredMessage } from "../outbox.ts";

/** A pull request as comments on it are addressed. */
export interface StickyPlace {
  readonly repository: string;
  readonly number: number;
  /** Its node id: `pullRequestId` finds it. */
  readonly subjectId: string;
}

/**
 * Says it in the one status comment of the pull request, which is edited in place: GitHub mails new comments and is quiet about edits. Without
 * a reply the comment is taken back, and what is said later is a new one. One that a person deleted is not written again.
 */
export async function putSticky(outbox: Outbox, { repository, number, subjectId }: StickyPlace, reply: Reply | undefined): Promise<void> {
  const lane = `sticky:${repository.toLowerCase()}#${number}`;
  const { key, told } = await current(outbox, lane, reply !== undefined);
  if (!reply && !told) return;
  const address = { surface: "github", repository, subjectId, staysDeleted: true } as const;
  await outbox.put({ key, lane, address, answers: reply ? [{ reply }] : [] });
}

/** What was taken back is gone for good: the message after it has a key of its own. */
async function current(outbox: Outbox, lane: string, isNew: boolean): Promise<{ key: string; told: StoredMessage | undefined }> {
  for (let nth = 1; ; nth++) {
    const key = `${lane}:${nth}`;
    const told = await outbox.find(key);
    if (!told || told.answers.length > 0) return { key, told };
    if (!isNew && !(await outbox.find(`${lane}:${nth + 1}`))) return { key, told };
  }
}
