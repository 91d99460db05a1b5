import type { Account } from "../resources.ts";

/** Who the accounts are now. The emulator can neither rename nor delete one, so it goes on under the names it was seeded with. */
export class Identities {
  readonly #accounts: readonly Account[];
  readonly #logins = new Map<number, string>();
  readonly #deleted = new Set<number>();

  constructor(accounts: readonly Account[]) {
    this.#accounts = accounts;
  }

  /** GitHub's names ignore case. */
  byLogin(login: string): Account | undefined {
    return this.all().find((account) => account.login.toLowerCase() === login.toLowerCase());
  }

  byId(id: number): Account | undefined {
    return this.all().find((account) => account.id === id);
  }

  /** The login that the emulator knows the account by. */
  seeded(id: number): string {
    return this.#accounts.find((account) => account.id === id)?.login ?? "";
  }

  /** The people among them, who can sign in. */
  people(): readonly Account[] {
    return this.all().filter(({ type }) => type === "User");
  }

  all(): readonly Account[] {
    return this.#accounts
      .filter(({ id }) => !this.#deleted.has(id))
      .map((account) => ({ ...account, login: this.#logins.get(account.id) ?? account.login }));
  }

  rename(login: string, to: string): void {
    const account = this.byLogin(login);
    if (!account) throw new Error(`There is no account ${login}.`);
    this.#logins.set(account.id, to);
  }

  /** Its id is never given again. */
  delete(login: string): void {
    const account = this.byLogin(login);
    if (!account) throw new Error(`There is no account ${login}.`);
    this.#deleted.add(account.id);
  }
}
