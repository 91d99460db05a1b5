import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createPager } from "../../../src/bot/pager/pager.ts";
import { type Page, pageTask, toPage } from "../../../src/pipeline/pager/page.ts";
import { createPage } from "../../../src/pipeline/pager/send-page.ts";
import { pagerState } from "../../../src/pipeline/pager/state.ts";
import { addAll } from "../../../src/pipeline/queue.ts";
import { type PagerSandbox, startPagerSandbox } from "../../../src/sandbox/pager/pager-sandbox.ts";
import { Secret } from "../../../src/secret.ts";
import { embeddedPlace, type Place, type State } from "../../contracts/place.ts";
import { eventually } from "../../eventually.ts";
import { aPage } from "../../pipeline/pager/a-page.ts";

let sandbox: PagerSandbox;
let place: Place;
beforeEach(async () => {
  [sandbox, place] = await Promise.all([startPagerSandbox(), embeddedPlace()]);
});
afterEach(async () => {
  await place.remove();
  await sandbox.close();
});

/** As the bot starts: a worker on the state that it finds. */
async function start(): Promise<State> {
  const state = await place.open();
  const { url, routingKey, secret } = sandbox;
  const config = { kind: "pagerduty", url, routingKey: new Secret(routingKey), secrets: [new Secret(secret)] } as const;
  const pager = createPager(config, state.records, Date.now);
  state.worker.start({
    [pageTask]: createPage({ pager, records: state.records, followed: [], secrets: [], now: Date.now }),
    "show-incident": async () => {},
  });
  return state;
}

const life = (incident: number): Page[] => [
  aPage({ incident }),
  aPage({ incident, ordinal: 2, action: "acknowledge" }),
  aPage({ incident, ordinal: 3, action: "resolve" }),
  aPage({ incident, ordinal: 4 }),
];

describe("a bot that is started again while the pager is down", () => {
  it("loses no page, and tells each incident in order, under the same name", async () => {
    const mend = sandbox.fail({ down: true });
    const before = await start();
    await before.records.transaction(({ queue }) => addAll([...life(12), ...life(13)].map(toPage), queue));
    await eventually(() => before.records.transaction(pagerState));
    await before.worker.stop(0);

    await start();
    mend();
    await eventually(() => sandbox.taken().length >= 8);

    const keys = [...new Set(sandbox.incidents().map(({ key }) => key))];
    expect(keys).toHaveLength(2);
    expect(new Set(keys.map((key) => key.split("/")[0])).size).toBe(1);
    for (const key of keys) {
      const actions = sandbox.taken().filter((one) => one.endsWith(key));
      expect(actions.map((one) => one.split(" ")[0])).toEqual(["trigger", "acknowledge", "resolve", "trigger"]);
      expect(sandbox.incidents().filter((one) => one.key === key)).toMatchObject([{ state: "resolved" }, { state: "triggered" }]);
    }
  });

  it("sends a page again whose answer it did not hear, and the pager shows one", async () => {
    // The worker dies after the pager took the page and before that was recorded: the job runs again.
    const first = await start();
    await first.records.transaction(({ queue }) => addAll([toPage(aPage()), { ...toPage(aPage()), id: "page:12:1:again" }], queue));
    await eventually(() => sandbox.taken().length >= 2);

    expect(sandbox.incidents()).toHaveLength(1);
  });
});
