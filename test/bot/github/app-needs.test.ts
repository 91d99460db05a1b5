import { createRequire } from "node:module";
import type { WebhookDefinition } from "@octokit/webhooks-examples";
import { describe, expect, it } from "vitest";
import { appEvents, appPermissions } from "../../../src/bot/github/app-needs.ts";
import { emulatorSeed, seedApp } from "../../../src/sandbox/github/seed.ts";

describe("the GitHub App", () => {
  it("asks for events that GitHub has", () => {
    const known: readonly WebhookDefinition[] = createRequire(import.meta.url)("@octokit/webhooks-examples");

    expect(appEvents.filter(({ name }) => !known.some((definition) => definition.name === name))).toEqual([]);
  });

  it("may do no more in the sandbox than the documentation asks for", () => {
    const [app] = emulatorSeed(seedApp(""), { grace: "", ada: "", ravi: "", sam: "", uma: "" }, "").github.apps;

    expect(app?.permissions).toEqual(Object.fromEntries(appPermissions.map(({ name, access }) => [name, access])));
  });
});
