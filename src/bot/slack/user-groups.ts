import type { WebClient } from "@slack/web-api";
import { toServiceError } from "./client.ts";

/**
 * The ids of a user group's members.
 *
 * @throws ServiceError
 */
export async function membersOf(client: WebClient, group: string): Promise<readonly string[]> {
  try {
    const { users = [] } = await client.usergroups.users.list({ usergroup: group });
    return users;
  } catch (error) {
    throw toServiceError(error);
  }
}
