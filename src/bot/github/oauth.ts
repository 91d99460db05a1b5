import { createHash } from "node:crypto";
import { z } from "zod";
import type { LinkingConfig } from "../../config/config.ts";
import { ServiceError } from "../../errors.ts";
import type { Accounts, GitHubAccount } from "../../pipeline/access.ts";

const callTimeoutMs = 10_000;

/** What goes wrong between GitHub and us while somebody signs in, when it is no outage: `said` is GitHub's word for it. */
export class SignInRefused extends Error {
  override readonly name = "SignInRefused";
  readonly said: string;

  constructor(said: string) {
    super(`GitHub refused a sign-in: ${said}`);
    this.said = said;
  }
}

export interface SignIn {
  readonly redirectUri: string;
  /** The secret half of PKCE; its digest goes through the browser. */
  readonly verifier: string;
}

/** GitHub's web flow for a user of an App (RFC 6749 with PKCE, RFC 7636). No scope is asked for: who they are is all we want to know. */
export interface GitHubOAuth extends Accounts {
  authorizeUrl(signIn: SignIn, state: string): string;
  /**
   * Finds out who came back with the code. Nothing but id and login is kept, and the token is given back at once.
   *
   * @throws SignInRefused; ServiceError
   */
  whoSignedIn(signIn: SignIn, code: string): Promise<GitHubAccount>;
}

const Token = z.union([z.object({ access_token: z.string() }), z.object({ error: z.string() })]);
const Account = z.object({ id: z.number(), login: z.string() });

/** Where people sign in: beside GitHub's own API, and on a GitHub Enterprise host below `/api/v3`, stands the site itself. */
function webHostOf(apiUrl: string): string {
  const { protocol, host } = new URL(apiUrl);
  return `${protocol}//${host.replace(/^api\./, "")}`;
}

export function githubOAuth(apiUrl: string, { clientId, clientSecret }: Pick<LinkingConfig, "clientId" | "clientSecret">): GitHubOAuth {
  const web = webHostOf(apiUrl);
  const api = apiUrl.replace(/\/+$/, "");
  const asOurselves = `Basic ${Buffer.from(`${clientId}:${clientSecret.reveal()}`).toString("base64")}`;

  async function tokenFor({ redirectUri, verifier }: SignIn, code: string): Promise<string> {
    const body = { client_id: clientId, client_secret: clientSecret.reveal(), code, redirect_uri: redirectUri, code_verifier: verifier };
    const response = await call(`${web}/login/oauth/access_token`, "POST", undefined, body);
    // What GitHub dislikes here it says with a 200.
    const token = Token.parse(await response.json());
    if ("error" in token) throw new SignInRefused(token.error);
    return token.access_token;
  }

  /** A token that nobody holds needs no revoking: that it could not be is no reason to fail. */
  const giveBack = (token: string) =>
    call(`${api}/applications/${clientId}/token`, "DELETE", asOurselves, { access_token: token }).catch(() => {});

  return {
    authorizeUrl({ redirectUri, verifier }, state) {
      const challenge = createHash("sha256").update(verifier).digest("base64url");
      const query = { client_id: clientId, redirect_uri: redirectUri, state, code_challenge: challenge, code_challenge_method: "S256" };
      return `${web}/login/oauth/authorize?${new URLSearchParams(query)}`;
    },

    async whoSignedIn(signIn, code) {
      const token = await tokenFor(signIn, code);
      try {
        return Account.parse(await (await call(`${api}/user`, "GET", `Bearer ${token}`)).json());
      } finally {
        await giveBack(token);
      }
    },

    async find(id) {
      const response = await call(`${api}/user/${id}`, "GET", asOurselves, undefined, [404]);
      return response.status === 404 ? undefined : Account.parse(await response.json());
    },
  };
}

async function call(
  url: string,
  method: string,
  authorization: string | undefined,
  body?: unknown,
  known: readonly number[] = [],
): Promise<Response> {
  const headers = {
    accept: "application/json",
    "user-agent": "nextrust",
    ...(authorization !== undefined && { authorization }),
    ...(body !== undefined && { "content-type": "application/json" }),
  };
  const content = body === undefined ? {} : { body: JSON.stringify(body) };
  const signal = AbortSignal.timeout(callTimeoutMs);
  const response = await fetch(url, { method, headers, ...content, redirect: "error", signal }).catch((cause: unknown) => {
    throw new ServiceError("GitHub cannot be reached.", { service: "GitHub", retryable: true, cause });
  });
  if (response.ok || known.includes(response.status)) return response;
  const retryable = response.status >= 500 || response.status === 429;
  throw new ServiceError(`GitHub answered ${response.status}.`, { service: "GitHub", retryable });
}
