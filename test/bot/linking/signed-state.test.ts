import { describe, expect, it } from "vitest";
import { readState, type State, signState } from "../../../src/bot/linking/signed-state.ts";
import { Secret } from "../../../src/secret.ts";

const [older, newer] = [new Secret("o".repeat(32)), new Secret("n".repeat(32))];
const state: State = { purpose: "callback", id: "7", person: { team: "T1", user: "U1" }, session: "s", expiresAt: 1_000 };

describe("a signed state", () => {
  it("is read as it was written", () => {
    expect(readState(signState(state, [newer]), "callback", [newer], 999)).toEqual(state);
  });

  it("is good under the older secret while it is rotated, and not afterwards", () => {
    const signed = signState(state, [older]);

    expect(readState(signed, "callback", [newer, older], 0)).toEqual(state);
    expect(readState(signed, "callback", [newer], 0)).toBe("forged");
  });

  it("is signed with the first secret", () => {
    expect(readState(signState(state, [newer, older]), "callback", [newer], 0)).toEqual(state);
  });

  it("ends at its moment", () => {
    expect(readState(signState(state, [newer]), "callback", [newer], 1_000)).toBe("expired");
  });

  it("is good for its own step only", () => {
    expect(readState(signState(state, [newer]), "confirm", [newer], 0)).toBe("forged");
  });

  it("is forged when a single character of it is another one", () => {
    const signed = signState(state, [newer]);
    // The last character of base64 carries bits that mean nothing.
    for (let at = 0; at < signed.length - 1; at++) {
      const changed = `${signed.slice(0, at)}${signed[at] === "A" ? "B" : "A"}${signed.slice(at + 1)}`;
      expect(readState(changed, "callback", [newer], 0), `character ${at}`).toBe("forged");
    }
  });
});
