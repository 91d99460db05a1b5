import type { Job } from "../job.ts";
import type { WorkflowRun } from "../run.ts";
import { cargoTest } from "./cargo-test.ts";

export const isTestJob = (name: string): boolean => name.startsWith("test-rust");

/** A job's log as a runner writes it: every line with its time, steps in groups, errors marked. */
export function jobLog(run: WorkflowRun, job: Job): string {
  const begin = Date.parse(job.startedAt ?? job.createdAt);
  const isRed = job.state === "failure";
  const lines = [
    "Current runner version: '2.330.0'",
    ...group("Runner Image Provisioner", ["Hosted Compute Agent", "Version: 20261104.460"]),
    ...group("GITHUB_TOKEN Permissions", ["Contents: read", "Metadata: read"]),
    "Secret source: Actions",
    "Prepare workflow directory",
    `Complete job name: ${job.name}`,
    ...group("Run actions/checkout@v5", ["with:", `  repository: ${run.repository}`, "  token: ***", "  fetch-depth: 1"]),
    `HEAD is now at ${run.headSha.slice(0, 7)} ${run.title}`,
    ...group(`Run ${commandOf(job.name)}`, [`\u001b[36;1m${commandOf(job.name)}\u001b[0m`, "shell: /usr/bin/bash -e {0}"]),
    ...(isTestJob(job.name) ? cargoTest(isRed) : otherWork(job.name, isRed)),
    ...ending(job),
    "Post job cleanup.",
    "Cleaning up orphan processes",
  ];
  return lines.map((line, index) => `${timeOf(begin, index)} ${line}\r\n`).join("");
}

const commandOf = (name: string) => (isTestJob(name) ? "cargo test --workspace" : `make ${name.split(" ")[0]}`);

const group = (title: string, lines: readonly string[]) => [`##[group]${title}`, ...lines, "##[endgroup]"];

function otherWork(name: string, isRed: boolean): string[] {
  if (!isRed) return [`make: '${name}' is up to date.`];
  return [
    "\u001b[0m\u001b[1m\u001b[31merror[E0308]\u001b[0m\u001b[1m: mismatched types\u001b[0m",
    "  --> kernel/src/main.rs:42:18",
    "   |",
    "42 |     let frame: u32 = trap.frame();",
    "   |                ---   ^^^^^^^^^^^^ expected `u32`, found `Frame`",
    "",
    'error: could not compile `nextrust-kernel` (bin "nextrust-kernel") due to 1 previous error',
    `make: *** [Makefile:17: ${name.split(" ")[0]}] Error 1`,
  ];
}

function ending({ state, name }: Job): string[] {
  if (state === "failure") return [`##[error]Process completed with exit code ${isTestJob(name) ? 101 : 1}.`];
  if (state === "cancelled") return ["##[error]The operation was canceled."];
  if (state === "timed_out") return ["##[error]The job has exceeded the maximum execution time of 6h0m0s"];
  return [];
}

// A runner counts in ten millionths of a second.
const timeOf = (begin: number, index: number) => new Date(begin + index * 137).toISOString().replace("Z", "4211Z");
