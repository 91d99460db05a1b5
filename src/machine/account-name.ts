import { userInfo } from "node:os";

/** The account's name; a container may run as a number without one. */
export function accountName(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    return undefined;
  }
}
