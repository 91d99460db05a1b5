import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "../../src/commands/command.ts";
import { unlink } from "../../src/commands/unlink.ts";
import { type EmbeddedState, openEmbedded } from "../../src/state/embedded/open.ts";
import { createLinks } from "../../src/state/links.ts";
import { pinnedLinks } from "../../src/state/pinned-links.ts";

let state: EmbeddedState;
beforeEach(async () => {
  state = await openEmbedded({ file: ":memory:" });
});
afterEach(() => state.close());

const person = { team: "T1", user: "UA" };
const account = { id: 1, login: "ada" };

describe("unlink", () => {
  it("ends the link together with its outcome, so that a crash leaves both or neither", async () => {
    await state.records.transaction(({ links }) => links.put({ person, account, linkedAt: 0, checkedAt: 0 }));
    const conclude = () => Promise.reject(new Error("crash"));
    const context = {
      actor: { key: "slack:T1/UA", name: "ada", surface: "slack", slack: person, account },
      intent: "1",
      prefix: "/ci ",
      conclude,
    } as unknown as Context;
    const services = { records: state.records, links: createLinks(pinnedLinks({ links: [] }), state.records) };

    await expect(unlink.run(undefined, context, services)).rejects.toThrow("crash");

    expect(await services.links.of("UA")).toEqual(account);
  });
});
