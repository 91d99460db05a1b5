import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { ServiceError, UserError } from "../../../src/errors.ts";
import { spoolToBot } from "../../../src/machine/spool/bot.ts";
import { drain, isResting, type SpoolDestination, type Told } from "../../../src/pipeline/sessions/drain.ts";
import { drainPatiently } from "../../../src/pipeline/sessions/drain-patiently.ts";
import type { SessionEvent } from "../../../src/pipeline/sessions/event.ts";
import { Secret } from "../../../src/secret.ts";
import { listen, token } from "../../bot/events/listening.ts";
import { aJournal, aTold, aUsageOf } from "../../state/sessions/a-journal.ts";

const start = Date.parse("2026-11-23T12:00:00Z");

/** A place that takes events as it is told to, and remembers them. */
function aPlace(answer: (event: SessionEvent) => Told = () => "taken") {
  const told: SessionEvent[] = [];
  const place = {
    told,
    isAway: undefined as Error | undefined,
    batches: 0,
    closed: 0,
    async take(events: readonly SessionEvent[]) {
      if (place.isAway) throw place.isAway;
      place.batches += 1;
      told.push(...events);
      return events.map(answer);
    },
    close() {
      place.closed += 1;
    },
  };
  return place satisfies SpoolDestination;
}

const away = new ServiceError("The bot cannot be reached.", { service: "the bot", retryable: true });
const at = (now: number, isPatient = false) => ({ withinMs: 1_000, isPatient, now: () => now });

describe("draining the spool", () => {
  it("tells everything once, in its order, by batches", async () => {
    using journal = aJournal();
    const events = Array.from({ length: 450 }, (_, index) => aTold(`f${index}`));
    journal.spool.add(events, start);
    const place = aPlace();

    const drained = await drain(journal, async () => place, at(start));

    expect(drained).toMatchObject({ told: 450, end: "empty" });
    expect(place.told).toEqual(events);
    expect(place).toMatchObject({ batches: 3, closed: 1 });
    expect(journal.spool.standing()).toEqual({ waiting: 0, aside: 0, lost: 0 });
  });

  it("sends no more at once than a proxy takes", async () => {
    using journal = aJournal();
    journal.spool.add(
      Array.from({ length: 100 }, (_, index) => aTold(`f${index}`, { error: "x".repeat(10_000) })),
      start,
    );
    const place = aPlace();

    await drain(journal, async () => place, at(start));

    expect(place.batches).toBe(4);
  });

  it("goes nowhere when nothing waits", async () => {
    using journal = aJournal();

    const drained = await drain(journal, () => Promise.reject(new Error("it is not opened")), at(start));

    expect(drained.end).toBe("empty");
  });

  it("sets aside what is refused, with its reason, and what is behind it goes on", async () => {
    using journal = aJournal();
    journal.spool.add([aTold("a"), aTold("b"), aTold("c")], start);
    const place = aPlace((event) => (event.type === "failure" && event.id === "b" ? { problem: "I know no b." } : "taken"));

    expect(await drain(journal, async () => place, at(start))).toMatchObject({ told: 2, end: "empty" });

    expect(journal.spool.aside(10)).toMatchObject([{ event: { id: "b" }, problem: "I know no b." }]);
    expect(journal.spool.standing()).toMatchObject({ waiting: 0, aside: 1 });
  });

  it("spares others the waiting for half a minute after it met no answer, but not those that are patient", async () => {
    using journal = aJournal();
    journal.spool.add([aTold("a")], start);
    const place = aPlace();
    place.isAway = away;

    expect((await drain(journal, async () => place, at(start))).end).toBe("missed");
    expect(journal.spool.standing().trouble).toEqual({ text: away.message, isForPerson: false, since: start });
    place.isAway = undefined;

    expect((await drain(journal, async () => place, at(start + 29_999))).end).toBe("resting");
    expect(place.told).toEqual([]);
    expect((await drain(journal, async () => place, at(start + 29_999, true))).end).toBe("empty");
    expect(isResting(journal, start + 29_999)).toBe(false);
    expect(journal.spool.standing().trouble).toBeUndefined();
  });

  it("tells what only a person can mend from what passes by itself", async () => {
    using journal = aJournal();
    journal.spool.add([aTold("a")], start);

    await drain(journal, () => Promise.reject(new UserError("refused", "bad_token", "The bot does not take this token.")), at(start));

    expect(journal.spool.standing()).toMatchObject({ waiting: 1, trouble: { isForPerson: true } });
  });

  it("lets one process at it, and takes over from one that was killed when its time is over", async () => {
    using journal = aJournal();
    journal.spool.add([aTold("a")], start);
    const place = aPlace();
    const killed = Promise.withResolvers<SpoolDestination>();
    drain(journal, () => killed.promise, at(start));

    expect((await drain(journal, async () => place, at(start + 5_000))).end).toBe("elsewhere");
    expect((await drain(journal, async () => place, at(start + 6_001))).end).toBe("empty");
    expect(place.told).toHaveLength(1);
  });

  it("waits for the one at it where there is time, and insists only where it is told to", async () => {
    using journal = aJournal();
    journal.spool.add([aTold("a")], start);
    const place = aPlace();
    drain(journal, () => Promise.withResolvers<SpoolDestination>().promise, at(start));
    let now = start;
    const waiting = {
      withinMs: 10_000,
      insists: false,
      now: () => now,
      wait: async (ms: number) => {
        now += ms;
      },
    };

    expect(await drainPatiently(journal, async () => place, waiting)).toMatchObject({ told: 1, end: "empty" });
    expect(now - start).toBe(6_000);

    place.isAway = away;
    journal.spool.add([aTold("b")], start);
    expect((await drainPatiently(journal, async () => place, waiting)).end).toBe("missed");
    expect(now - start).toBe(6_000);
    expect((await drainPatiently(journal, async () => place, { ...waiting, insists: true })).end).toBe("missed");
    expect(now - start).toBe(15_500);
  });

  it("stops when its time is over, and leaves the rest", async () => {
    using journal = aJournal();
    journal.spool.add(
      Array.from({ length: 300 }, (_, index) => aTold(`f${index}`)),
      start,
    );
    const place = aPlace();
    let now = start;

    const drained = await drain(journal, async () => place, { withinMs: 1_000, isPatient: false, now: () => (now += 300) });

    expect(drained).toMatchObject({ told: 200, end: "out_of_time" });
    expect(journal.spool.standing().waiting).toBe(100);
  });

  it("says whose usage it told", async () => {
    using journal = aJournal();
    journal.spool.add([aUsageOf("s1"), aTold("f1", { session: "s2" })], start);

    const { usedBy } = await drain(journal, async () => aPlace(), at(start));

    expect([...usedBy]).toEqual(["s1"]);
  });
});

const program = fileURLToPath(new URL("../../state/sessions/spool-process.ts", import.meta.url));

async function serving(server: Server): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe("several processes", () => {
  it("a dozen that add at once lose nothing, and each event is told once", async () => {
    using journal = aJournal();
    const ids: string[] = [];
    const url = await serving(
      createServer(async (request, response) => {
        const { events } = (await json(request)) as { events: { id: string }[] };
        ids.push(...events.map(({ id }) => id));
        response.end(JSON.stringify({ results: events.map(() => ({ status: "recorded" })) }));
      }),
    );

    const processes = Array.from({ length: 12 }, (_, index) =>
      spawn(process.execPath, [program, journal.file, url, token, `p${index}`, "4"], { stdio: "ignore" }),
    );
    const codes = await Promise.all(processes.map(async (child) => (await once(child, "exit"))[0]));
    await drain(journal, async () => spoolToBot({ url, token: new Secret(token) }), at(Date.now(), true));

    expect(new Set(codes)).toEqual(new Set([0]));
    expect(ids).toHaveLength(48);
    expect(new Set(ids).size).toBe(48);
    expect(journal.spool.standing()).toEqual({ waiting: 0, aside: 0, lost: 0 });
  });

  it("one that is killed between the answer and the removal has told it, and who tells it again changes nothing", async () => {
    using journal = aJournal();
    await using bot = await listen();
    const between = createServer(async (request, response) => {
      await bot.post(await json(request));
      child.kill("SIGKILL");
      response.destroy();
    });
    const child = spawn(process.execPath, [program, journal.file, await serving(between), token, "killed", "3"], { stdio: "ignore" });
    await once(child, "exit");
    expect(journal.spool.standing().waiting).toBe(3);

    const later = at(Date.now() + 60_000);
    const drained = await drain(journal, async () => spoolToBot({ url: bot.url, token: new Secret(token) }), later);

    expect(drained).toMatchObject({ told: 3, end: "empty" });
    expect(await bot.total()).toMatchObject({ requests: 3, costPico: { metered: 3n * 4_500_000_000n } });
  });
});
