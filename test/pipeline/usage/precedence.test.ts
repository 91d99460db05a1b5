import { describe, expect, it } from "vitest";
import type { LedgerEntry } from "../../../src/pipeline/usage/ledger.ts";
import { precedenceOf } from "../../../src/pipeline/usage/precedence.ts";
import { anEntry } from "../../contracts/ledger.ts";

const goesBefore = (one: LedgerEntry, other: LedgerEntry): boolean => precedenceOf(one) > precedenceOf(other);
const ids = Array.from({ length: 20 }, (_, index) => `anthropic:msg_${index}`);

describe("which telling of a request stays", () => {
  it.each([
    ["that says which pull request it was for", { repository: "acme/shop", pullRequest: 12 }],
    ["that says who it was", { actor: "ada" }],
    ["that says that a subscription paid", { basis: "subscription" }],
    ["that uses up a reservation", { reservation: "review-12" }],
  ] as const)("is the one %s, whichever request it is and whenever it is told", (_, said) => {
    for (const id of ids) expect(goesBefore(anEntry({ id, ...said, at: 2_000 }), anEntry({ id, at: 1_000 }))).toBe(true);
  });

  it("is the fuller one, whatever the other says", () => {
    const full = anEntry({ tokens: { ...anEntry().tokens, out: anEntry().tokens.out + 1 } });

    expect(goesBefore(full, anEntry({ repository: "acme/shop", pullRequest: 12, phase: "kernel" }))).toBe(true);
  });

  it("is of one import or of the other, never some of both, where two name different pull requests", () => {
    const first = { repository: "acme/shop", pullRequest: 12 };
    const second = { repository: "acme/other", pullRequest: 13 };

    const winners = ids.map((id) => goesBefore(anEntry({ id, ...first }), anEntry({ id, ...second })));

    expect(new Set(winners).size).toBe(1);
  });
});
