import type { WebClient } from "@slack/web-api";
import { inPlainWords, ServiceError } from "../../errors.ts";
import type { Claims } from "../../pipeline/claims.ts";
import type { StoredMessage } from "../../pipeline/outbox.ts";
import { Postponed } from "../../pipeline/queue.ts";
import type { FilePart } from "../../reply.ts";
import { toServiceError } from "./client.ts";
import type { Spot } from "./post-once.ts";

/** Longer than Slack's client waits for each of the three calls of an upload. */
const leaseMs = 30_000;

/**
 * Uploads the files of a message, each once however often the message is sent or edited. Nothing about an upload can be looked for, so a
 * crash in its middle may repeat it: at least once, never lost.
 *
 * @returns what to tell about a file that Slack does not take; undefined when all is well
 * @throws ServiceError (retryable); Postponed while another process is at it
 */
export async function shareFiles(
  client: WebClient,
  claims: Claims,
  { channel, threadTs }: Spot,
  { key, answers }: StoredMessage,
): Promise<string | undefined> {
  // Two commands of one message may each have a file, of the same name.
  for (const [index, file] of answers.flatMap(({ reply }) => reply.parts.filter((part) => part.kind === "file")).entries()) {
    const upload = `upload:${key}:${index}:${file.name}`;
    const claim = await claims.claim(upload, key, leaseMs);
    if (claim.state === "held") throw new Postponed(claim.freeInMs);
    if (claim.state === "done") continue;
    const problem = await send(file);
    if (problem !== undefined) return problem;
    await claims.settle(upload, key, { outcome: "done", result: file.name });
  }
  return undefined;

  async function send({ name, content }: FilePart): Promise<string | undefined> {
    const where = { channel_id: channel, ...(threadTs !== undefined && { thread_ts: threadTs }) };
    try {
      await client.files.uploadV2({ ...where, filename: name, file: Buffer.from(content) } as Parameters<typeof client.files.uploadV2>[0]);
      return undefined;
    } catch (error) {
      const failure = toServiceError(error);
      if (!(failure instanceof ServiceError) || failure.retryable) throw failure;
      return `${name} could not be sent. ${inPlainWords(failure)}`;
    }
  }
}
