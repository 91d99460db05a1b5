import type { GitHubAccount } from "../access.ts";

/** Somebody by a name that everybody may read: what Slack calls them by, but neither their id there nor their address. */
export function publicName({ name, account }: { readonly name: string; readonly account?: GitHubAccount }): string {
  if (account) return account.login;
  const [local = ""] = name.split("@");
  return local.trim() === "" || /^[UW][A-Z0-9]{5,}$/.test(name) ? "somebody" : local.trim();
}
