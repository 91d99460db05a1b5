import type { WebClient } from "@slack/web-api";
import { openConversation } from "./open-conversation.ts";
import { respond } from "./respond.ts";

interface Clicker {
  readonly user: string;
  /** Absent in the App Home and for shortcuts of the whole workspace. */
  readonly responseUrl?: string | undefined;
  readonly threadTs?: string | undefined;
}

/**
 * Says one of our own sentences to whoever clicked, at once and past the outbox: where they clicked, else in their conversation with us.
 *
 * @throws ServiceError; what Slack's client throws
 */
export async function tell(client: WebClient, { user, responseUrl, threadTs }: Clicker, text: string): Promise<void> {
  const answered = responseUrl !== undefined && (await respond(responseUrl, { text }, true, threadTs));
  if (answered && "sent" in answered && answered.sent) return;
  await client.chat.postMessage({ ...(await openConversation(client, user)), text });
}
