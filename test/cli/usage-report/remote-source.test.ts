import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { describe, expect, it, onTestFinished } from "vitest";
import { usageRoute } from "../../../src/bot/events/usage-route.ts";
import { localSource } from "../../../src/cli/usage-report/local-source.ts";
import { remoteSource } from "../../../src/cli/usage-report/remote-source.ts";
import { Secret } from "../../../src/secret.ts";
import { openEmbedded } from "../../../src/state/embedded/open.ts";
import { anEntry } from "../../contracts/ledger.ts";

const token = "a-token-that-programs-have-in-tests";
const query = { since: Date.parse("2026-11-20T00:00:00Z"), until: Date.parse("2026-11-21T00:00:00Z") };

/** Listens as a bot does; with `status` it answers nothing but that. */
async function aBot({ status }: { status?: number } = {}) {
  const folder = await mkdtemp(join(tmpdir(), "nextrust-remote-"));
  const state = await openEmbedded({ file: join(folder, "nextrust.db") });
  await state.records.transaction(({ ledger }) =>
    ledger.append([anEntry({ costPico: 7n }), anEntry({ id: "a:2", model: "model-x", costPico: undefined, pricedBy: "unpriced" })]),
  );
  const route = usageRoute({
    tokens: [new Secret(token)],
    services: { records: state.records, money: { zone: "UTC" } },
    log: pino({ level: "silent" }),
  });
  const server = createServer((request, response) => {
    if (status === undefined) return void route.handle(request, response);
    response.writeHead(status).end("Ask again later.");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await state.close();
    await rm(folder, { recursive: true, force: true });
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const asked = (url: string, told = token) => remoteSource({ url, token: new Secret(told) }).sums(query, ["model", "basis"]);

describe("the ledger of a bot elsewhere", () => {
  it("is told exactly, over HTTP", async () => {
    const source = remoteSource({ url: await aBot(), token: new Secret(token) });

    expect((await source.sums(query, ["model", "basis"])).map(({ group, costPico }) => [...group, costPico.metered])).toEqual([
      ["claude-sonnet-4-5", "metered", 7n],
      ["model-x", "metered", 0n],
    ]);
    expect(await source.meteredPico(query)).toBe(7n);
    expect(await source.unpriced(query)).toMatchObject([{ model: "model-x", tokens: 5_150 }]);
    expect(await source.meteredPico({ until: query.since })).toBe(0n);
  });

  it.each([
    [undefined, "does not take this token"],
    [403, "does not take this token"],
    [404, "NEXTRUST_URL names another server, or a bot of an older version."],
    [503, "cannot answer now: Ask again later."],
    [500, "answered with 500: Ask again later."],
    [200, "is no JSON: NEXTRUST_URL names another server."],
  ])("says in a sentence why it does not answer (%s)", async (status, sentence) => {
    const url = await aBot(status === undefined ? {} : { status });

    await expect(asked(url, "wrong")).rejects.toThrow(sentence);
  });

  it("says that nobody is there", async () => {
    await expect(asked("http://127.0.0.1:9")).rejects.toThrow("The bot at http://127.0.0.1:9 cannot be reached. Is NEXTRUST_URL right");
  });
});

describe("a machine without a ledger", () => {
  it("is told to import its transcripts where it has some, and else what else it can do", async () => {
    const never = () => Promise.reject(new Error("There is no file."));
    const transcripts = new URL("../usage-report/fixtures/projects", import.meta.url).pathname;

    await expect(localSource("none.db", [transcripts], never)).rejects.toThrow(
      `has transcripts in ${transcripts}: run nextrust import first`,
    );
    await expect(localSource("none.db", ["nowhere"], never)).rejects.toThrow(
      "There is no ledger at none.db yet. Fill one by nextrust import, or ask a running bot: set NEXTRUST_URL and NEXTRUST_API_TOKEN.",
    );
  });
});
