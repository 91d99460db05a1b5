import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ServiceError } from "../../../src/errors.ts";
import type { GitHubAccount } from "../../../src/pipeline/access.ts";
import { checkSomeLinks } from "../../../src/pipeline/linking/check-link.ts";
import { type EmbeddedState, openEmbedded } from "../../../src/state/embedded/open.ts";

const hour = 60 * 60_000;
let now: number;
let state: EmbeddedState;
let onGitHub: Map<number, string>;
let isAway: boolean;
let asked: number[];
beforeEach(async () => {
  now = 1_764_000_000_000;
  state = await openEmbedded({ file: ":memory:", now: () => now });
  onGitHub = new Map();
  isAway = false;
  asked = [];
});
afterEach(() => state.close());

const accounts = {
  async find(id: number): Promise<GitHubAccount | undefined> {
    asked.push(id);
    if (isAway) throw new ServiceError("GitHub cannot be reached.", { service: "GitHub", retryable: true });
    const login = onGitHub.get(id);
    return login === undefined ? undefined : { id, login };
  },
};

const sweep = () => checkSomeLinks({ records: state.records, accounts, now: () => now });
const linkOf = (user: string) => state.records.transaction(({ links }) => links.find(user));

async function link(id: number, login = `login-${id}`, checkedAt = now - 2 * hour): Promise<void> {
  onGitHub.set(id, login);
  const stored = { person: { team: "T1", user: `U${id}` }, account: { id, login }, linkedAt: checkedAt, checkedAt };
  await state.records.transaction(({ links }) => links.put(stored));
}

describe("the sweep over links", () => {
  it("ends the link of an account that is gone, with an audit row", async () => {
    await link(1);
    await link(2);
    onGitHub.delete(1);

    await sweep();

    expect(await linkOf("U1")).toBeUndefined();
    expect(await linkOf("U2")).toBeDefined();
    const [entry] = await state.records.transaction(({ audit }) => audit.latest(5));
    expect(entry).toMatchObject({ actor: "slack:T1/U1", command: "unlink", outcome: "done", reason: "account_gone" });
  });

  it("takes over a new login", async () => {
    await link(1);
    onGitHub.set(1, "renamed");

    await sweep();

    expect((await linkOf("U1"))?.account).toEqual({ id: 1, login: "renamed" });
  });

  it("changes nothing while GitHub is away", async () => {
    await link(1);
    isAway = true;

    await expect(sweep()).rejects.toThrow("GitHub cannot be reached.");

    expect((await linkOf("U1"))?.account.login).toBe("login-1");
  });

  it("looks at twenty in a round, those first that had to wait longest, and at each once in an hour", async () => {
    for (let id = 1; id <= 25; id++) await link(id, undefined, now - 2 * hour - id);

    await sweep();
    const first = asked.splice(0);
    await sweep();
    const second = asked.splice(0);
    await sweep();

    expect(first).toEqual(Array.from({ length: 20 }, (_, index) => 25 - index));
    expect(second).toEqual([5, 4, 3, 2, 1]);
    expect(asked).toEqual([]);
  });

  it("does nothing where linking is off", async () => {
    await link(1);
    onGitHub.delete(1);

    await checkSomeLinks({ records: state.records, accounts: undefined, now: () => now });

    expect(await linkOf("U1")).toBeDefined();
  });
});
