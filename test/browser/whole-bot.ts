import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startBot } from "../../src/bot/bot.ts";
import { packagedPriceBook } from "../../src/config/read-price-book.ts";
import { Settings } from "../../src/config/settings.ts";
import { createLog } from "../../src/log.ts";
import { tellSamples, withSamples } from "../../src/sandbox/samples.ts";
import { startSandbox } from "../../src/sandbox/sandbox.ts";
import { sandboxTimings } from "../../src/sandbox/timings.ts";

/** The real bot on the sandbox, with its console, as `npm start` runs it; `isSampled` with what that adds for visitors. */
export async function startWholeBot({ isSampled = false } = {}) {
  const folder = await mkdtemp(join(tmpdir(), "nextrust-"));
  const settings = Settings.parse({});
  const config = { host: "127.0.0.1", port: 0, stateFile: join(folder, "state.db"), logLevel: "fatal", settings } as const;
  const sandbox = await startSandbox({ ...config, priceBook: packagedPriceBook() }, isSampled ? { models: true } : {});
  const seeded = sandbox.config.settings;
  const settingsOfBot = isSampled ? withSamples(seeded, sandbox) : seeded;
  const bot = await startBot({ ...sandbox.config, settings: settingsOfBot }, createLog("fatal"), {
    routes: sandbox.routes,
    ...(isSampled && { timings: sandboxTimings }),
  });
  sandbox.connect(bot.url);
  if (isSampled) await tellSamples(sandbox);

  return {
    slack: sandbox.slack,
    github: sandbox.github,
    pager: sandbox.pager,
    url: bot.url,
    async close() {
      await bot.stop();
      await sandbox.close();
      await rm(folder, { recursive: true });
    },
  };
}
