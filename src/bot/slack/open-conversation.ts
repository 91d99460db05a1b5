import type { WebClient } from "@slack/web-api";

/** The person's conversation with the bot. Throws what Slack's client throws. */
export async function openConversation(client: WebClient, user: string): Promise<{ channel: string }> {
  return { channel: (await client.conversations.open({ users: user })).channel?.id ?? "" };
}
