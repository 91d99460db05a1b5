import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { pagerDuty } from "../../../src/bot/pager/pagerduty.ts";
import { ServiceError } from "../../../src/errors.ts";
import { Postponed } from "../../../src/pipeline/queue.ts";
import type { PagerFault } from "../../../src/sandbox/pager/front.ts";
import { type PagerSandbox, startPagerSandbox } from "../../../src/sandbox/pager/pager-sandbox.ts";
import { Secret } from "../../../src/secret.ts";
import { aPage } from "../../pipeline/pager/a-page.ts";

let sandbox: PagerSandbox;
beforeEach(async () => {
  sandbox = await startPagerSandbox();
});
afterEach(() => sandbox.close());

const installation = async () => "nextrust-1a2b3c4d";
const pager = ({ url = sandbox.url, key = sandbox.routingKey } = {}) => pagerDuty({ url, routingKey: new Secret(key) }, installation);
const thrown = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

describe("PagerDuty", () => {
  it("has one incident for one of ours, from the first page to its end", async () => {
    await pager().tell(aPage());
    await pager().tell(aPage());
    await pager().tell(aPage({ action: "acknowledge", ordinal: 2, by: "Ada" }));
    await pager().tell(aPage({ action: "resolve", ordinal: 3 }));

    expect(sandbox.incidents()).toMatchObject([
      {
        key: "nextrust-1a2b3c4d/i12",
        summary: "i12: test-rust fails on main of acme/shop",
        severity: "critical",
        url: "https://github.com/acme/shop/actions/runs/7",
        state: "resolved",
        log: ["triggered", "triggered again", "acknowledged by the bot", "resolved by the bot"],
      },
    ]);
  });

  it("gets one line of at most 1024 characters, without what hides in it", async () => {
    await pager().tell(aPage({ summary: `one\ntwo\u202e${"🦀".repeat(2_000)}` }));

    const summary = sandbox.incidents()[0]?.summary ?? "";
    expect(summary.startsWith("one two🦀")).toBe(true);
    expect(summary.length).toBeLessThanOrEqual(1024);
    expect(summary.isWellFormed()).toBe(true);
  });

  it.each<[string, PagerFault, string]>([
    ["is down", { down: true }, "The pager cannot be reached."],
    ["breaks", { status: 500 }, "The pager answered 500."],
    ["takes too long by its own account", { status: 408 }, "The pager answered 408."],
  ])("that %s is asked again later", async (_, fault, message) => {
    sandbox.fail(fault);

    expect(await thrown(pager().tell(aPage()))).toMatchObject({ message, retryable: true });
  });

  it("that gives no answer is not waited for longer than 10 s", async () => {
    const timeout = vi.spyOn(AbortSignal, "timeout").mockImplementation((ms) => {
      expect(ms).toBe(10_000);
      return AbortSignal.abort(new DOMException("late", "TimeoutError"));
    });
    sandbox.fail({ delayMs: 5_000 });

    const error = await thrown(pager().tell(aPage()));
    timeout.mockRestore();

    expect(error).toMatchObject({ message: "The pager gave no answer within 10 s.", retryable: true });
  });

  it.each([
    [{ status: 429, retryAfter: 7 }, 7_000],
    [{ status: 429 }, 30_000],
    [{ status: 429, retryAfter: 86_400 }, 300_000],
  ])("that answers %j is asked again after %d ms", async (fault, delayMs) => {
    sandbox.fail(fault);

    const error = await thrown(pager().tell(aPage()));

    expect(error).toBeInstanceOf(Postponed);
    expect(error).toMatchObject({ delayMs });
  });

  it("that is under repair says how long", async () => {
    sandbox.fail({ status: 503, retryAfter: 9 });

    expect(await thrown(pager().tell(aPage()))).toMatchObject({ retryable: true, retryAfterMs: 9_000 });
  });

  it("that refuses the key is not asked again, and the words say what to look at and nothing that PagerDuty said", async () => {
    const error = await thrown(pager({ key: "wrong" }).tell(aPage()));

    expect(error).toBeInstanceOf(ServiceError);
    expect(error).toMatchObject({
      retryable: false,
      message:
        "The pager answered 400: is PAGER_ROUTING_KEY the integration key of an Events API v2 integration, and pager.url right? See docs/pager.md.",
    });
  });

  it("that sends us elsewhere is not followed there, with the key in hand", async () => {
    const server: Server = createServer((_, response) => response.writeHead(307, { location: `${sandbox.url}/v2/enqueue` }).end());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

    const error = await thrown(pager({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }).tell(aPage()));
    await new Promise((resolve) => server.close(resolve));

    expect(error).toMatchObject({ retryable: false, message: expect.stringContaining("sends me elsewhere (307)") });
    expect(sandbox.taken()).toEqual([]);
  });
});
