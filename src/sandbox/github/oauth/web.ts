import * as z from "zod";
import { type Answer, type ApiRequest, badCredentials, json, notFound, pathOf, queryOf } from "../answer.ts";
import type { World } from "../world.ts";
import type { Ask, Dislike, OAuthApp } from "./oauth-app.ts";
import { signInPage } from "./sign-in-page.ts";

const authorizePath = "/login/oauth/authorize";
const tokenPath = "/login/oauth/access_token";

/** GitHub's site rather than its API: where people sign in, and where Apps fetch what came of it. */
export const isWebAddress = (request: ApiRequest): boolean => pathOf(request).startsWith("/login/");

export function answerWeb({ oauth, identities }: World, request: ApiRequest): Answer {
  const path = pathOf(request);
  if (path === tokenPath && request.method === "POST") return answerToken(oauth, request);
  if (path !== authorizePath) return notFound;

  const ask = askOf(queryOf(request));
  // What is wrong with the address itself is never sent back to it.
  if (ask.clientId !== oauth.clientId) return notFound;
  if (!oauth.isRegistered(ask.redirectUri)) return html(400, "The redirect_uri is not associated with this application.");
  if (request.method === "GET") return html(200, signInPage(identities.people(), request.target));

  const form = new URLSearchParams(request.body.toString());
  const account = identities.byLogin(form.get("login") ?? "");
  if (form.get("decision") !== "approve" || !account) {
    const refusal = { error: "access_denied", error_description: "The user has denied your application access.", state: ask.state };
    return back(ask, refusal);
  }
  return back(ask, { code: oauth.grant(ask, account.login), state: ask.state });
}

function askOf(query: URLSearchParams): Ask {
  return {
    clientId: query.get("client_id") ?? "",
    redirectUri: query.get("redirect_uri") ?? "",
    state: query.get("state") ?? "",
    challenge: query.get("code_challenge") ?? undefined,
  };
}

function back({ redirectUri }: Ask, parameters: Readonly<Record<string, string>>): Answer {
  return { status: 302, headers: { location: `${redirectUri}?${new URLSearchParams(parameters)}` }, body: "" };
}

const html = (status: number, body: string): Answer => ({
  status,
  headers: {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "cache-control": "no-store",
  },
  body,
});

const TokenBody = z.object({
  client_id: z.string(),
  client_secret: z.string(),
  code: z.string(),
  redirect_uri: z.string().optional(),
  code_verifier: z.string().optional(),
});

const explained: Readonly<Record<Dislike, string>> = {
  bad_verification_code: "The code passed is incorrect or expired.",
  incorrect_client_credentials: "The client_id and/or client_secret passed are incorrect.",
  redirect_uri_mismatch: "The redirect_uri MUST match the registered callback URL for this application.",
};

/** It takes forms and JSON, and answers in JSON whoever asks for it. Of what it dislikes it tells with a 200. */
function answerToken(oauth: OAuthApp, { headers, body }: ApiRequest): Answer {
  const isJson = headers["content-type"]?.startsWith("application/json") ?? false;
  const given = TokenBody.parse(isJson ? JSON.parse(body.toString()) : Object.fromEntries(new URLSearchParams(body.toString())));
  const { client_id: clientId, client_secret: clientSecret, code, redirect_uri: redirectUri, code_verifier: verifier } = given;
  const redeemed = oauth.redeem({ clientId, clientSecret, code, ...(redirectUri && { redirectUri }), ...(verifier && { verifier }) });
  const said =
    typeof redeemed === "string"
      ? { error: redeemed, error_description: explained[redeemed], error_uri: "https://docs.github.com/apps" }
      : { access_token: redeemed.token, token_type: "bearer", scope: "" };
  if (headers.accept?.includes("application/json")) return json(200, said);
  const form = new URLSearchParams(said as Record<string, string>).toString();
  return { status: 200, headers: { "content-type": "application/x-www-form-urlencoded; charset=utf-8" }, body: form };
}

const RevokeBody = z.object({ access_token: z.string() });

/** An App gives back a token; it authenticates with its client secret. */
export function revokeToken({ oauth }: World, request: ApiRequest): Answer {
  if (!oauth.isClient(request.headers.authorization)) return badCredentials;
  const { access_token: token } = RevokeBody.parse(JSON.parse(request.body.toString()));
  return oauth.revoke(token) ? { status: 204, headers: {}, body: "" } : notFound;
}
