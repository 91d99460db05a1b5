import { homedir } from "node:os";

/** The account's own folder. A container may run as a number that no account has: its shell takes the root for it. */
export function homeOf(variables: Readonly<Record<string, string | undefined>>): string {
  if (variables.HOME) return variables.HOME;
  try {
    return homedir();
  } catch {
    return "/";
  }
}
