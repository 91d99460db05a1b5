import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SeenView } from "../../src/sandbox/slack/views/screens.ts";
import { eventually } from "../eventually.ts";
import { startWorld, type World } from "./world.ts";

let world: World;
let other: DatabaseSync;
let dialog: SeenView;
let home: SeenView;

beforeAll(async () => {
  world = await startWorld();
  const { message } = await world.slack.say({ as: "ada", channel: "random", text: "nextrust/nextrust#2 is red" });
  await world.slack.shortcut({ as: "ada", callbackId: "retry_what_failed", kind: "message", messageId: message.id });
  dialog = await eventually(() => {
    const view = world.slack.view("ada");
    return view?.submit !== undefined && view;
  });
  await world.slack.openHome("ada");
  home = await eventually(() => world.slack.home("ada"));
  other = new DatabaseSync(world.stateFile);
  other.exec("BEGIN IMMEDIATE");
});
afterAll(() => world.close());

describe("while storage takes nothing", () => {
  it("tells the person in Slack that nothing was done, in time, and does nothing later", async () => {
    const { status, shown, tookMs } = await world.slack.slash({ as: "ada", channel: "ci", text: "status" });

    expect(status).toBe(200);
    expect(shown?.text).toBe("Nothing was done: storage is down. Try again in a minute.");
    expect(tookMs).toBeLessThan(3_000);
  });

  it("keeps a dialog open, and says beside its field that nothing was done", async () => {
    const before = world.github.calls().length;

    const { errors } = await world.slack.submit({ as: "ada", viewId: dialog.id, values: {} });

    expect(errors).toEqual({ jobs: "Nothing was done: storage is down. Try again in a minute." });
    expect(world.slack.view("ada")?.id).toBe(dialog.id);
    expect(world.github.calls()).toHaveLength(before);
  });

  it("tells the person whose home tab is not drawn anew", async () => {
    await world.slack.clickInView({ as: "ada", viewId: home.id, actionId: "home:refresh" });

    await eventually(() => world.slack.transcript("dm", "ada").some(({ text }) => text.startsWith("Nothing was done: storage is down.")));
  });

  it("answers GitHub 503, so that the delivery counts as failed and can be sent again", async () => {
    const said = await world.github.comment("ada", world.github.pulls.red, "/ci-whoami");

    expect(attempts(said.guid)).toEqual([503]);
  }, 15_000);

  it("is alive and not ready", async () => {
    const [healthz, readyz] = await Promise.all(["healthz", "readyz"].map((path) => fetch(`${world.bot.url}/${path}`)));

    expect(healthz?.status).toBe(200);
    expect(readyz?.status).toBe(503);
    expect(await readyz?.json()).toMatchObject({ status: "not ready", checks: { slack: "ok", github: "ok" } });
  }, 15_000);

  it("takes everything again afterwards, the redelivered comment too, and nothing that it refused", async () => {
    other.exec("ROLLBACK");
    other.close();
    const refused = world.github
      .deliveries()
      .findLast(({ event, attempts: tried }) => event === "issue_comment" && tried[0]?.status === 503);

    expect(await world.ask("ada", "whoami")).toContain("Your role");
    await world.github.redeliver(refused?.guid ?? "");

    // The bot's own look for failed deliveries may have asked for it as well meanwhile; it is answered once all the same.
    const [first, ...later] = attempts(refused?.guid ?? "") ?? [];
    expect(first).toBe(503);
    expect(new Set(later)).toEqual(new Set([202]));
    await eventually(async () => (await answered()) > 0);
    expect(await answered()).toBe(1);
    expect(world.slack.transcript("ci", "ada").filter(({ text }) => text.includes("#2"))).toEqual([]);
  });

  const answered = async () =>
    (await world.github.comments(world.github.pulls.red)).filter(
      ({ author, body }) => author === world.github.bot.login && /your role/i.test(body),
    ).length;
  const attempts = (guid: string) =>
    world.github
      .deliveries()
      .find((delivery) => delivery.guid === guid)
      ?.attempts.map(({ status }) => status);
});
