import { FailedTests } from "../../pipeline/logs/failed-tests.ts";
import { mask } from "../../pipeline/logs/mask.ts";
import { isWarning } from "../../pipeline/logs/status-line.ts";
import { TestCounter, type TestCounts } from "../../pipeline/logs/test-counts.ts";
import { withoutControls } from "../../pipeline/logs/to-plain-line.ts";
import type { Head } from "../place/git-head.ts";
import type { Artefact } from "./keep-artefact.ts";

export interface Run {
  readonly kind: "build" | "test";
  /** As it was typed. */
  readonly command: string;
  readonly tool: string;
  readonly head: Head | undefined;
  readonly durationMs: number | undefined;
  readonly output: string;
}

const looksAt = 2_000;
const mostFailed = 10;
/** It counts warnings that stand before it. */
const countsWarnings = /\bgenerated \d+ warnings?\b|\d+ warnings?(?: and \d+ errors?)? (?:generated|emitted)\b/;

/** What there is to keep of a run that succeeded, without what looks like a secret. */
export function runReport({ kind, command, tool, head, durationMs, output }: Run, secrets: readonly string[]): Artefact {
  const { warnings, tests, failed } = read(output);
  const shown = mask(withoutControls(command.slice(0, looksAt).replaceAll(/\s*\n\s*/g, " ")), secrets).slice(0, 300);
  const names = failed.slice(0, mostFailed).map((name) => mask(name, secrets));
  const content = {
    command: shown,
    tool,
    ...(head?.sha !== undefined && { headSha: head.sha }),
    ...(head?.branch !== undefined && { branch: head.branch }),
    ...(durationMs !== undefined && { durationMs }),
    warnings,
    ...(tests && { tests }),
    ...(names.length > 0 && { failedTests: names, moreFailedTests: failed.length - names.length }),
  };
  return { kind: kind === "test" ? "test-report" : "build-summary", markdown: toMarkdown(kind, content), content };
}

function read(output: string): { readonly warnings: number; readonly tests: TestCounts | undefined; readonly failed: readonly string[] } {
  const [counter, failed] = [new TestCounter(), new FailedTests()];
  let warnings = 0;
  for (const raw of output.split("\n")) {
    const line = withoutControls(raw.slice(0, looksAt));
    counter.read(line);
    failed.read({ text: line, isCut: raw.length > looksAt });
    if (isWarning(line) && !countsWarnings.test(line)) warnings++;
  }
  return { warnings, tests: counter.counts(), failed: failed.names().map(({ text }) => text) };
}

interface Content {
  readonly command: string;
  readonly headSha?: string;
  readonly branch?: string;
  readonly durationMs?: number;
  readonly warnings: number;
  readonly tests?: TestCounts;
  readonly failedTests?: readonly string[];
  readonly moreFailedTests?: number;
}

function toMarkdown(
  kind: Run["kind"],
  { command, headSha, branch, durationMs, warnings, tests, failedTests = [], moreFailedTests = 0 }: Content,
) {
  const lines = [
    `# ${kind === "test" ? "Test report" : "Build summary"}`,
    "",
    `- Command: ${inCode(command)}`,
    ...(headSha === undefined ? [] : [`- Commit: ${headSha}${branch === undefined ? "" : ` on ${branch}`}`]),
    ...(durationMs === undefined ? [] : [`- Took: ${(durationMs / 1000).toFixed(1)} s`]),
    ...(tests
      ? [`- Tests: ${tests.passed} passed, ${tests.failed} failed, ${tests.skipped} skipped`]
      : kind === "test"
        ? ["- Tests: the output does not count them"]
        : []),
    `- Warnings: ${warnings}`,
    ...(failedTests.length === 0
      ? []
      : ["", "Failed, though the command as a whole succeeded:", "", ...failedTests.map((name) => `- ${inCode(name)}`)]),
    ...(moreFailedTests === 0 ? [] : [`- and ${moreFailedTests} more`]),
  ];
  return `${lines.join("\n")}\n`;
}

/** A text with backticks stands between more of them: https://spec.commonmark.org/0.31.2/#code-spans */
function inCode(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  return longest === 0 ? `\`${text}\`` : `${"`".repeat(longest + 1)} ${text} ${"`".repeat(longest + 1)}`;
}
