import { existsSync, readFileSync } from "node:fs";

/** Linux counts computing time in hundredths of a second. */
const tickMs = 10;

/** Resident memory of a process; undefined where the system has no /proc. */
export function residentMb(pid: number): number | undefined {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readIfThere(`/proc/${pid}/status`))?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
}

/** Computing time of a process so far, its own and the kernel's for it. */
export function cpuMs(pid: number): number | undefined {
  // The name in brackets may hold spaces: count from its end.
  const [user, system] = readIfThere(`/proc/${pid}/stat`).split(") ")[1]?.split(" ").slice(11, 13) ?? [];
  return user === undefined ? undefined : (Number(user) + Number(system)) * tickMs;
}

export const readIfThere = (file: string): string => (existsSync(file) ? readFileSync(file, "utf8") : "");
