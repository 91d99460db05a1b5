import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { whyNotAnyMore } from "../../../src/pipeline/operations/may-still.ts";
import type { Asker } from "../../../src/pipeline/operations/operations.ts";
import { type EmbeddedState, openEmbedded } from "../../../src/state/embedded/open.ts";
import { anOperation } from "../../contracts/operations.ts";
import { aRunOnGitHub } from "./a-run.ts";

let state: EmbeddedState;
beforeAll(async () => {
  state = await openEmbedded({ file: ":memory:" });
});
afterAll(() => state.close());

const account = { id: 1, login: "ada" };
const inSlack: Asker = { key: "slack:T1/UA", name: "ada", surface: "slack", account };

describe("what waited for somebody in Slack", () => {
  it.each([
    ["goes on while they are linked to the same account", 1, undefined],
    ["is refused when they are linked to another one", 2, "not_linked"],
    ["is refused when they are not linked any more", undefined, "not_linked"],
  ])("%s", async (_, linkedTo, reason) => {
    const { services } = aRunOnGitHub();
    const links = { ...services.links, of: async () => (linkedTo === undefined ? undefined : { id: linkedTo, login: "ada" }) };

    const why = await whyNotAnyMore(anOperation({ asker: inSlack }), { ...services, links, records: state.records });

    expect(why?.kind === "refused" ? why.reason : undefined).toBe(reason);
  });
});
