import * as z from "zod";
import type { Answer } from "./answer.ts";
import { type AppKey, isAppJwt, looksLikeJwt } from "./app-jwt.ts";

/** Who a token speaks for. */
export type Actor =
  | { readonly kind: "anonymous" }
  | { readonly kind: "app" }
  | { readonly kind: "person"; readonly login: string; readonly token: string }
  | {
      readonly kind: "installation";
      readonly login: string;
      readonly token: string;
      readonly permissions: Readonly<Record<string, string>>;
      /** Full names, or every repository of the account. */
      readonly repositories: readonly string[] | "all";
      readonly expiresAt: number;
    };

/** An actor that may be named as the author of something. */
export type Author = Extract<Actor, { login: string }>;

export type Level = "write" | "read" | "none";

const InstallationToken = z.object({
  token: z.string(),
  expires_at: z.string(),
  permissions: z.record(z.string(), z.string()),
  repositories: z.array(z.object({ full_name: z.string() })).optional(),
});

/** The tokens in circulation. The emulator takes any token for its first user's, so none may reach it that is not known here. */
export class Tokens {
  readonly #app: AppKey;
  readonly #botLogin: string;
  readonly #actors = new Map<string, Author>();
  readonly #caps = new Map<string, Level>();

  constructor(app: AppKey, botLogin: string, people: readonly { login: string; token: string }[]) {
    this.#app = app;
    this.#botLogin = botLogin;
    for (const { login, token } of people) this.#actors.set(token, { kind: "person", login, token });
  }

  /** The person by their seeded name. */
  personOf(login: string): Author | undefined {
    return [...this.#actors.values()].find((actor) => actor.kind === "person" && actor.login === login);
  }

  /** Undefined for credentials that GitHub would not know. */
  actorOf(authorization: string | undefined): Actor | undefined {
    if (authorization === undefined) return { kind: "anonymous" };
    const token = /^(?:bearer|token) +(\S+)$/i.exec(authorization)?.[1];
    if (token === undefined) return undefined;
    if (looksLikeJwt(token)) return isAppJwt(token, this.#app, Date.now()) ? { kind: "app" } : undefined;

    const actor = this.#actors.get(token);
    if (actor?.kind !== "installation") return actor;
    return actor.expiresAt <= Date.now() ? undefined : { ...actor, permissions: this.#withinGrant(actor.permissions) };
  }

  /** Caps a permission of every installation token, as when an owner has granted the App no more. */
  setAppPermission(name: string, level: Level): void {
    this.#caps.set(name, level);
  }

  #withinGrant(permissions: Readonly<Record<string, string>>): Record<string, string> {
    return Object.fromEntries(
      Object.entries(permissions).flatMap(([name, level]) => {
        const cap = this.#caps.get(name) ?? level;
        return cap === "none" ? [] : [[name, cap === "read" ? "read" : level]];
      }),
    );
  }

  /** Reads a token out of the answer that hands it to the App. */
  remember({ status, body }: Answer): void {
    if (status !== 201) return;
    const { token, permissions, expires_at, repositories } = InstallationToken.parse(JSON.parse(body.toString()));
    this.#actors.set(token, {
      kind: "installation",
      login: this.#botLogin,
      token,
      permissions,
      repositories: repositories?.map((repository) => repository.full_name) ?? "all",
      expiresAt: Date.parse(expires_at),
    });
  }

  /** Makes every installation token so far unknown, as when GitHub revokes them. */
  revokeInstallationTokens(): void {
    for (const [token, { kind }] of this.#actors) if (kind === "installation") this.#actors.delete(token);
  }
}
