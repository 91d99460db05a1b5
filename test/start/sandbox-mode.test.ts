import { connect } from "node:net";
import { describe, expect, it } from "vitest";
import { run, start, temporaryFolder } from "./nextrust.ts";

describe("nextrust start without credentials", () => {
  it("is ready within seconds, says where to look in one line, and serves the console", async () => {
    const bot = await start();

    const [page, health, readiness] = await Promise.all(["/", "/healthz", "/readyz"].map((path) => fetch(`${bot.url}${path}`)));

    console.log(`ready after ${Math.round(bot.readyAfterMs)} ms`);
    expect(bot.readyAfterMs).toBeLessThan(10_000);
    expect(bot.ready).toMatch(/^NeXTRust CI sandbox: open http:\/\/127\.0\.0\.1:\d+ \(no account needed, nothing leaves this machine\)$/);
    expect(page?.status).toBe(200);
    expect(page?.headers.get("content-type")).toMatch(/^text\/html/);
    expect(health?.status).toBe(200);
    expect(readiness?.status).toBe(200);
    expect(await readiness?.json()).toEqual({ status: "ready", checks: { pager: "ok", storage: "ok", slack: "ok", github: "ok" } });

    const { code, stderr, tookMs } = await bot.stop("SIGTERM");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(tookMs).toBeLessThan(20_000);
  });

  it("ends on Ctrl-C, pressed twice, while a page is open and a connection idle", async () => {
    const bot = await start();
    const page = await fetch(`${bot.url}/sandbox/events`);
    const idle = connect(Number(new URL(bot.url).port), "127.0.0.1");
    idle.on("error", () => {});
    const askedAt = performance.now();

    bot.child.kill("SIGINT");
    const { code } = await bot.stop("SIGINT");

    expect(code).toBe(0);
    expect(performance.now() - askedAt).toBeLessThan(5_000);
    await page.body?.cancel().catch(() => {});
    idle.destroy();
  });

  it("says in one sentence that the port is taken, and leaves the one that has it alone", async () => {
    const folder = await temporaryFolder();
    const bot = await start({ folder });
    const { port } = new URL(bot.url);

    const second = await run(["start"], { folder, variables: { PORT: port } });

    expect(second).toMatchObject({ code: 1, stdout: "" });
    expect(second.stderr).toBe(`Port ${port} on 127.0.0.1 is taken. Stop what uses it, or set PORT to another one.\n`);
    expect((await fetch(`${bot.url}/readyz`)).status).toBe(200);
  });
});
