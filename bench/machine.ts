import { arch, availableParallelism, cpus, loadavg, platform, totalmem } from "node:os";

/** What it was measured on; the load tells how much of it was ours. */
export function describeMachine(loadBefore: readonly number[]): string {
  const model = cpus()[0]?.model.trim() ?? "unknown processor";
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const loads = [loadBefore, loadavg()].map((load) => load[0]?.toFixed(1)).join(" before, ");
  return `${availableParallelism()} cores (${model}), ${gigabytes} GB, ${platform()} ${arch()}, Node ${process.versions.node}, load ${loads} after, ${new Date().toISOString().slice(0, 16)}Z`;
}
