const limit = 5_000;
const windowMs = 3_600_000;

export interface Spent {
  readonly limit: number;
  readonly used: number;
  readonly remaining: number;
  readonly resetAt: number;
}

/** GitHub's hourly points by token. They are counted and told, but not enforced: a test that wants a refusal plans one. */
export class Budget {
  readonly #windows = new Map<string, { used: number; resetAt: number }>();

  spend(token: string, points = 1): Spent {
    const known = this.#windows.get(token);
    const window = known && known.resetAt > Date.now() ? known : { used: 0, resetAt: Date.now() + windowMs };
    window.used += points;
    this.#windows.set(token, window);
    return { limit, used: window.used, remaining: Math.max(0, limit - window.used), resetAt: window.resetAt };
  }
}
