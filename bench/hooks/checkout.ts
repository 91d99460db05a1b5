import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { hookCommand } from "../../src/cli/setup/command.ts";
import { type HookEvent, hookEvents } from "../../src/hooks/events.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Rules for the modules that have none of their own, so that every module has something to do. */
const settings = `
phases:
  - repository: octo/kernel
    phases:
      - id: phase-1
        name: Toolchain
        deliverables: [{ path: README.md }, { path: targets }]
hooks:
  phaseAlignment:
    rules: [{ from: phase-1, commands: ["cargo *"] }]
  buildCommand:
    rules: [{ name: kind of build, program: cmake, requires: ["-DCMAKE_BUILD_TYPE=*"], message: Say which kind of build. }]
`;

/** The bundle that ships, and a checkout in which Claude Code would work. */
export interface HookPlace {
  readonly checkout: string;
  /** What setup writes into Claude Code's settings. */
  command(event: HookEvent): string;
  /** A file with what Claude Code writes to the hook's standard input. */
  payload(event: HookEvent, changes?: object): string;
}

export function createHookPlace(folder: string): HookPlace {
  const place = join(folder, "hooks");
  const checkout = join(place, "checkout");
  mkdirSync(join(checkout, "config"), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(place, "node_modules"), "junction");
  execFileSync(process.execPath, [join(root, "scripts", "bundle.js"), join(place, "dist")], { cwd: root });
  writeFileSync(join(checkout, "README.md"), "# A checkout\n");
  writeFileSync(join(checkout, "config", "nextrust.yml"), settings);
  const git = (...args: readonly string[]) =>
    execFileSync("git", ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", ...args], { cwd: checkout });
  git("init", "--quiet", "--initial-branch", "main");
  git("remote", "add", "origin", "https://github.com/octo/kernel.git");
  git("add", "--all");
  git("commit", "--quiet", "--message", "feat: begin");
  const transcript = join(place, "transcript.jsonl");
  writeFileSync(transcript, "");

  let payloads = 0;
  return {
    checkout,
    command: (event) => hookCommand(event, { node: process.execPath, main: join(place, "dist", "main.js") }),
    payload(event, changes = {}) {
      const captured = JSON.parse(readFileSync(join(root, "test", "hooks", "captured", `${hookEvents[event].name}.json`), "utf8"));
      payloads += 1;
      const file = join(place, `payload-${payloads}.json`);
      writeFileSync(file, JSON.stringify({ ...captured, cwd: checkout, transcript_path: transcript, ...changes }));
      return file;
    },
  };
}
