import { execFileSync } from "node:child_process";

/** What one run took: until it ended, and of the processor by it and whatever it started. */
export interface Took {
  readonly wallMs: number;
  readonly cpuMs: number;
}

interface Command {
  readonly command: string;
  /** A file that it reads. */
  readonly input: string;
}

/** Runs a command of a shell as often, and gives the mean. The shell adds up what its children took, more finely than the system's files tell it. */
export function runCommand({ command, input }: Command, cwd: string, times: number): Took {
  const loop = `for ((i = 0; i < ${times}; i++)); do ${command} < "$0" >/dev/null || exit 1; done; times`;
  const startedAt = performance.now();
  const told = execFileSync("bash", ["-c", loop, input], { cwd, env: { PATH: process.env.PATH ?? "", HOME: cwd }, encoding: "utf8" });
  const wallMs = performance.now() - startedAt;
  const [, children = ""] = told.trim().split("\n");
  const spent = [...children.matchAll(/(\d+)m([\d.]+)s/g)].map(
    ([, minutes, seconds]) => Number(minutes) * 60_000 + Number(seconds) * 1_000,
  );
  return { wallMs: wallMs / times, cpuMs: spent.reduce((sum, each) => sum + each, 0) / times };
}
