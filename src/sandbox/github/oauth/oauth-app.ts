import { createHash, randomBytes } from "node:crypto";

/** What somebody who comes to sign in brings with them. */
export interface Ask {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly state: string;
  readonly challenge: string | undefined;
}

interface Grant extends Ask {
  readonly login: string;
  readonly expiresAt: number;
}

const codeLivesMs = 10 * 60_000;

/** GitHub's words for what it dislikes; it says them with a 200. [from GitHub's documentation, not measured] */
export type Dislike = "bad_verification_code" | "incorrect_client_credentials" | "redirect_uri_mismatch";

/** The App's side of signing in: its secret, its callback address, and the codes and tokens that it was given. */
export class OAuthApp {
  readonly clientId = `Iv23li${randomBytes(7).toString("hex")}`;
  readonly clientSecret = randomBytes(20).toString("hex");
  #callback: string | undefined;
  readonly #grants = new Map<string, Grant>();
  readonly #tokens = new Map<string, string>();

  /** The callback address in the App's settings. */
  register(callback: string): void {
    this.#callback = callback;
  }

  isRegistered(redirectUri: string): boolean {
    return redirectUri === this.#callback;
  }

  isClient(authorization: string | undefined): boolean {
    return authorization === `Basic ${Buffer.from(`${this.clientId}:${this.clientSecret}`).toString("base64")}`;
  }

  /** The person lets the App know who they are; gives the code. */
  grant(ask: Ask, login: string): string {
    const code = randomBytes(10).toString("hex");
    this.#grants.set(code, { ...ask, login, expiresAt: Date.now() + codeLivesMs });
    return code;
  }

  /** A code is good once, for whoever has the client's secret, the same address and the verifier that goes with the challenge. */
  redeem(given: {
    clientId: string;
    clientSecret: string;
    code: string;
    redirectUri?: string;
    verifier?: string;
  }): { token: string } | Dislike {
    if (given.clientId !== this.clientId || given.clientSecret !== this.clientSecret) return "incorrect_client_credentials";
    const grant = this.#grants.get(given.code);
    this.#grants.delete(given.code);
    if (!grant || grant.expiresAt <= Date.now()) return "bad_verification_code";
    if (given.redirectUri !== undefined && given.redirectUri !== grant.redirectUri) return "redirect_uri_mismatch";
    const proof = given.verifier === undefined ? undefined : createHash("sha256").update(given.verifier).digest("base64url");
    if (grant.challenge !== proof) return "bad_verification_code";
    const token = `ghu_${randomBytes(18).toString("hex")}`;
    this.#tokens.set(token, grant.login);
    return { token };
  }

  /** Whom the token speaks for. */
  loginOf(token: string): string | undefined {
    return this.#tokens.get(token);
  }

  /** false when there is no such token. */
  revoke(token: string): boolean {
    return this.#tokens.delete(token);
  }

  /** How many tokens are good now. */
  get tokensInUse(): number {
    return this.#tokens.size;
  }
}
