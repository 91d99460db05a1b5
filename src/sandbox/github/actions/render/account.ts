import type { Account } from "../../resources.ts";

/** An account as GitHub embeds it in other things. */
export function renderAccount({ login, id, node_id, type }: Account, url: string) {
  const api = `${url}/users/${encodeURIComponent(login)}`;
  return {
    login,
    id,
    node_id,
    avatar_url: `${url}/avatars/u/${encodeURIComponent(login)}`,
    gravatar_id: "",
    url: api,
    html_url: `${url}/${type === "Bot" ? `apps/${login.replace(/\[bot\]$/, "")}` : login}`,
    followers_url: `${api}/followers`,
    following_url: `${api}/following{/other_user}`,
    gists_url: `${api}/gists{/gist_id}`,
    starred_url: `${api}/starred{/owner}{/repo}`,
    subscriptions_url: `${api}/subscriptions`,
    organizations_url: `${api}/orgs`,
    repos_url: `${api}/repos`,
    events_url: `${api}/events{/privacy}`,
    received_events_url: `${api}/received_events`,
    type: type as "Bot" | "User" | "Organization",
    site_admin: false,
    user_view_type: "public",
  };
}
