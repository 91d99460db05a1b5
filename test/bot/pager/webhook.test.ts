import { createHmac } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { answer, readBody } from "../../../src/bot/http.ts";
import { type HttpServer, serve } from "../../../src/bot/http-server.ts";
import { webhookPager } from "../../../src/bot/pager/webhook.ts";
import { Secret } from "../../../src/secret.ts";
import { aPage } from "../../pipeline/pager/a-page.ts";

let server: HttpServer;
let status: number;
let got: { readonly headers: IncomingHttpHeaders; readonly body: string }[];
beforeEach(async () => {
  status = 204;
  got = [];
  const route = {
    method: "POST",
    path: "/pages",
    async handle(request, response) {
      got.push({ headers: request.headers, body: (await readBody(request, 100_000)).toString() });
      answer(response, status);
    },
  } satisfies Parameters<typeof serve>[0][number];
  server = await serve([route], { host: "127.0.0.1", port: 0, log: pino({ level: "silent" }) });
});
afterEach(() => server.close());

const secrets = [new Secret("new"), new Secret("old")];
const pager = () => webhookPager({ url: `${server.url}/pages`, secrets }, () => 1_700_000_000_999);

describe("a webhook as a pager", () => {
  it("is told what it is about, numbered, and signed with the first secret", async () => {
    await pager().tell(aPage({ action: "acknowledge", ordinal: 3, by: "Ada" }));

    const [{ headers, body } = { headers: {}, body: "" }] = got;
    expect(JSON.parse(body)).toEqual({
      id: "i12/3/acknowledge",
      incident: "i12",
      action: "acknowledge",
      summary: "i12: test-rust fails on main of acme/shop",
      severity: "critical",
      repository: "acme/shop",
      url: "https://github.com/acme/shop/actions/runs/7",
      by: "Ada",
    });
    expect(headers["x-nextrust-timestamp"]).toBe("1700000000");
    expect(headers["x-nextrust-signature"]).toBe(`v1=${createHmac("sha256", "new").update(`1700000000.${body}`).digest("hex")}`);
  });

  it.each([
    [500, true],
    [401, false],
  ])("that answers %d is asked again: %s", async (answered, retryable) => {
    status = answered;

    await expect(pager().tell(aPage())).rejects.toMatchObject({ retryable });
  });
});
