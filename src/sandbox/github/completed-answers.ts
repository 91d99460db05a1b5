import { pathOf } from "./answer.ts";
import type { createApi } from "./api.ts";
import type { Account } from "./resources.ts";

type Thing = Readonly<Record<string, unknown>>;
export type Complete = <T>(value: T) => T;

/** Adds, at any depth of an answer or payload, the fields that GitHub gives and the emulator, or a narrow reading of it, leaves out. */
export function createCompletion(url: string, organisation: Account): Complete {
  const owner = account(organisation);
  return <T>(value: T) => complete(value, "") as T;

  function complete(value: unknown, key: string): unknown {
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.map((item) => complete(item, ""));
    const thing: Thing = Object.fromEntries(Object.entries(value).map(([name, part]) => [name, complete(part, name)]));
    if (typeof thing.login === "string" && typeof thing.type === "string") return account({ ...thing, login: thing.login });
    if (key === "performed_via_github_app" || "installations_count" in thing) return app(thing);
    if ("app_id" in thing && "repositories_url" in thing) return { target_id: (thing.account as Thing).id, ...thing };
    if ("diff_url" in thing && "base" in thing) return { active_lock_reason: null, auto_merge: null, ...thing };
    return thing;
  }

  function account({ login, ...given }: Thing & { readonly login: string }): Thing {
    const at = `${url}/users/${login}`;
    return {
      login,
      avatar_url: `${url}/avatars/u/${login}`,
      gravatar_id: "",
      url: at,
      html_url: `${url}/${login}`,
      followers_url: `${at}/followers`,
      following_url: `${at}/following{/other_user}`,
      gists_url: `${at}/gists{/gist_id}`,
      starred_url: `${at}/starred{/owner}{/repo}`,
      subscriptions_url: `${at}/subscriptions`,
      organizations_url: `${at}/orgs`,
      repos_url: `${at}/repos`,
      events_url: `${at}/events{/privacy}`,
      received_events_url: `${at}/received_events`,
      site_admin: false,
      ...given,
    };
  }

  function app(given: Thing): Thing {
    const html_url = `${url}/apps/${given.slug}`;
    const dates = { created_at: "2026-01-01T00:00:00Z", updated_at: "2026-01-01T00:00:00Z" };
    const empty = { description: null, permissions: {}, events: [] };
    return { node_id: `A_${given.id}`, external_url: html_url, html_url, ...dates, ...empty, ...given, owner: given.owner ?? owner };
  }
}

type Api = ReturnType<typeof createApi>;

/** The API with its answers in REST completed. */
export function withCompleteAnswers(api: Api, complete: Complete): Api {
  return async (request) => {
    const answered = await api(request);
    const { status, headers, body } = answered.answer;
    const isJson = headers["content-type"]?.startsWith("application/json") === true && body.length > 0;
    if (status >= 300 || !isJson || pathOf(request) === "/graphql") return answered;
    return { ...answered, answer: { status, headers, body: JSON.stringify(complete(JSON.parse(body.toString()))) } };
  };
}
