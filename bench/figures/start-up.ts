import { join } from "node:path";
import { startBotProcess } from "../bot-process.ts";
import type { Row } from "../row.ts";
import type { Size } from "../size.ts";
import { type Measured, toMeasured } from "../statistics.ts";
import type { Stage } from "../targets.ts";
import { ms, spread } from "../words.ts";

/** From the command to the line that says it is ready. */
export async function measureStartUp({ folder, standIn }: Stage, { starts }: Size): Promise<readonly Row[]> {
  standIn.setLatency(0);
  const sandboxed: number[] = [];
  const live: number[] = [];
  for (let start = 0; start < starts; start += 1) {
    sandboxed.push(await startOnce(join(folder, `sandboxed-${start}`)));
    live.push(await startOnce(join(folder, `live-${start}`), standIn.url));
  }
  return [toRow("start on the sandbox, to the ready line", toMeasured(sandboxed)), toRow("start of the bot alone", toMeasured(live))];
}

async function startOnce(folder: string, apiUrl?: string): Promise<number> {
  await using bot = await startBotProcess(folder, apiUrl);
  return bot.startedInMs;
}

const toRow = (figure: string, times: Measured): Row => ({
  figure,
  ours: spread(times, ms),
  aim: "< 3 s",
  isMet: times.median < 3_000,
});
