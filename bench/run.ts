// `npm run bench [-- --quick] [-- --only=slash,comment]`: measures the real bot on loopback and prints one table. See docs/performance.md.
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { endAllChildren } from "./children.ts";
import { measureAnswers } from "./figures/answers.ts";
import { measureComment } from "./figures/comment.ts";
import { measureEvents } from "./figures/events.ts";
import { measureHooks } from "./figures/hooks.ts";
import { measureImport } from "./figures/import.ts";
import { measureLogs } from "./figures/logs.ts";
import { measureMemory } from "./figures/memory.ts";
import { measureSlash } from "./figures/slash.ts";
import { measureStartUp } from "./figures/start-up.ts";
import { measureUsageReport } from "./figures/usage-report.ts";
import { startLoadClient } from "./load/start-client.ts";
import { describeMachine } from "./machine.ts";
import { createPlace } from "./place.ts";
import type { Row } from "./row.ts";
import { fullSize, quickSize } from "./size.ts";
import { startStandIn } from "./stand-in/start-stand-in.ts";
import { renderTable } from "./table.ts";

const longestMs = 270_000;

const figures = {
  slash: measureSlash,
  comment: measureComment,
  answers: measureAnswers,
  events: measureEvents,
  logs: measureLogs,
  "start-up": measureStartUp,
  memory: measureMemory,
  import: measureImport,
  "usage-report": measureUsageReport,
  hooks: measureHooks,
};

const { values } = parseArgs({ options: { quick: { type: "boolean", default: false }, only: { type: "string" } } });
const size = values.quick ? quickSize : fullSize;
const wanted = values.only?.split(",") ?? Object.keys(figures);

const loadBefore = loadavg();
const rows: Row[] = [];
const stopped = Promise.withResolvers<never>();
const stop = (why: string) => {
  endAllChildren();
  stopped.reject(new Error(why));
};
setTimeout(stop, longestMs, "The bench took too long.").unref();
process.once("SIGINT", () => stop("The bench was stopped."));
process.once("SIGTERM", () => stop("The bench was stopped."));
process.once("exit", endAllChildren);

async function measureAll(): Promise<void> {
  await using place = await createPlace();
  await using client = await startLoadClient();
  await using standIn = await startStandIn();
  for (const [name, measure] of Object.entries(figures)) {
    if (!wanted.includes(name)) continue;
    process.stderr.write(`measuring: ${name}\n`);
    rows.push(...(await Promise.race([measure({ folder: place.path, client, standIn }, size), stopped.promise])));
  }
}

await measureAll();
process.stdout.write(`${renderTable(rows)}\n\n${describeMachine(loadBefore)}\n`);
