import { type Bot, startBot } from "./bot/bot.ts";
import { type Config, readConfig, type SandboxConfig } from "./config/config.ts";
import { createLog } from "./log.ts";

/** A stop that hangs ends here; what was taken is stored and continues at the next start. */
const stopWithinMs = 12_000;

/**
 * The bot's composition root: with credentials the bot alone, without any the bot on its sandbox. Returns when it is ready.
 *
 * @throws CannotStart
 */
export async function start(variables: NodeJS.ProcessEnv): Promise<void> {
  const config = readConfig(variables);
  const { bot, ready, stopped } = config.slack ? await startLive(config) : await startSandboxed(config);

  let isStopping = false;
  const stop = async () => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => process.exit(1), stopWithinMs).unref();
    await bot.stop();
    await stopped();
    process.exit(0);
  };
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, stop);
  // Started by a launcher that was killed: nobody is left to send us a signal.
  process.on("disconnect", stop);
  process.stdout.write(`${ready}\n`);
}

interface Started {
  readonly bot: Bot;
  /** The one line that says where to look. */
  readonly ready: string;
  /** What is left to do when the bot has stopped. */
  stopped(): Promise<void>;
}

async function startLive(config: Config): Promise<Started> {
  const bot = await startBot(config, createLog(config.logLevel));
  const slack = config.slack.appToken ? "by Socket Mode" : "/slack/events";
  return { bot, ready: `NeXTRust CI listens on ${bot.url} (Slack: ${slack}, GitHub: /github/webhooks)`, stopped: async () => {} };
}

async function startSandboxed(config: SandboxConfig): Promise<Started> {
  // Loaded only here: a live bot has no use for GitHub's whole schema.
  const { startSandbox } = await import("./sandbox/sandbox.ts");
  const { tellSamples, withSamples } = await import("./sandbox/samples.ts");
  const { sandboxTimings: timings } = await import("./sandbox/timings.ts");
  const sandbox = await startSandbox(config, { models: true });
  const settings = withSamples(sandbox.config.settings, sandbox);
  try {
    const bot = await startBot({ ...sandbox.config, settings }, createLog(config.logLevel), { routes: sandbox.routes, timings });
    sandbox.connect(bot.url);
    await tellSamples(sandbox);
    return {
      bot,
      ready: `NeXTRust CI sandbox: open ${bot.url} (no account needed, nothing leaves this machine)`,
      stopped: () => sandbox.close(),
    };
  } catch (error) {
    await sandbox.close();
    throw error;
  }
}
