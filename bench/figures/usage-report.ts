import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { fillLedger } from "../ledger-file.ts";
import type { Row } from "../row.ts";
import type { Size } from "../size.ts";
import { toMeasured } from "../statistics.ts";
import type { Stage } from "../targets.ts";
import { mb, ms, ratio, spread } from "../words.ts";

const dayMs = 24 * 3_600_000;
const least = 7;
const root = fileURLToPath(new URL("../..", import.meta.url));
const floor = fileURLToPath(new URL("../peers/usage-sql.ts", import.meta.url));
/** Writes to standard error how much memory it took at most, in KB. */
const tellMemory = "--import=data:text/javascript,process.on('exit',()=>process.stderr.write(String(process.resourceUsage().maxRSS)))";

/** A report of seven days out of 90, by the bundle that ships, beside the same SQL without anything around it; in turn. */
export async function measureUsageReport({ folder }: Pick<Stage, "folder">, { ledgerRows, rounds }: Size): Promise<readonly Row[]> {
  const place = join(folder, "usage-report");
  mkdirSync(place);
  symlinkSync(join(root, "node_modules"), join(place, "node_modules"), "junction");
  execFileSync(process.execPath, [join(root, "scripts", "bundle.js"), join(place, "dist")], { cwd: root });
  const now = Date.now();
  await fillLedger(join(place, "nextrust.db"), ledgerRows, now);

  const report = [join(place, "dist", "main.js"), "usage-report", "--days", "7"];
  const sql = [floor, join(place, "nextrust.db"), `${now - 7 * dayMs}`, `${now}`];
  const run = (args: readonly string[]) =>
    execFileSync(process.execPath, args, { cwd: place, env: { NEXTRUST_DATA_DIR: place }, encoding: "utf8" });
  if (!run(report).includes("claude-opus-4-5")) throw new Error("The report does not tell of what is in the ledger.");
  run(sql);
  const times = { ours: [] as number[], floor: [] as number[] };
  for (let round = 0; round < Math.max(least, rounds); round += 1) {
    times.ours.push(timed(() => run(report)));
    times.floor.push(timed(() => run(sql)));
  }
  const [ours, theirs] = [toMeasured(times.ours), toMeasured(times.floor)];
  const megabytes = memoryOf([tellMemory, ...report], place) / 1024;
  const figure = `usage-report of 7 days, ${ledgerRows.toLocaleString("en")} requests in 90 days`;
  return [
    {
      figure,
      ours: spread(ours, ms),
      peer: `SQL alone ${spread(theirs, ms)}`,
      ratio: ratio(ours, theirs),
      aim: "< 200 ms",
      isMet: ours.median < 200,
    },
    { figure: "… resident memory at most", ours: mb(megabytes), aim: "< 150 MB", isMet: megabytes < 150 },
  ];
}

function timed(act: () => unknown): number {
  const startedAt = performance.now();
  act();
  return performance.now() - startedAt;
}

function memoryOf(args: readonly string[], place: string): number {
  return Number(spawnSync(process.execPath, args, { cwd: place, env: { NEXTRUST_DATA_DIR: place }, encoding: "utf8" }).stderr);
}
