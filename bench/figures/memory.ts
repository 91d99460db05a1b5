import { join } from "node:path";
import { startBotProcess } from "../bot-process.ts";
import { residentMb } from "../process-status.ts";
import type { Row } from "../row.ts";
import type { Size } from "../size.ts";
import type { Stage } from "../targets.ts";
import { mb } from "../words.ts";

const anHourMs = 3_600_000;

/** Resident memory of a live bot after its start, and after deliveries: one half from Slack, one from GitHub. */
export async function measureMemory({ folder, client, standIn }: Stage, { deliveries }: Size): Promise<readonly Row[]> {
  standIn.setLatency(0);
  await using bot = await startBotProcess(join(folder, "memory"), standIn.url);
  standIn.setLatency(150);
  const atStart = residentMb(bot.pid);
  for (const kind of ["slash", "comment"] as const) {
    const order = { url: bot.url, apiUrl: standIn.url, kind, connections: 10, warmMs: 0, measureMs: anHourMs, most: deliveries / 2 };
    await client.run(order);
  }
  const afterwards = residentMb(bot.pid);
  if (atStart === undefined || afterwards === undefined) return [{ figure: "resident memory", ours: "this system does not tell" }];
  return [
    { figure: "resident memory of the bot alone after its start", ours: mb(atStart) },
    { figure: `… after ${deliveries.toLocaleString("en")} stored deliveries`, ours: mb(afterwards) },
  ];
}
