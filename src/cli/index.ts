import type { Command } from "commander";
import { audit } from "./audit.ts";
import { budget } from "./budget.ts";
import { clearBackoff } from "./clear-backoff.ts";
import { evaluate } from "./eval.ts";
import { getPhase } from "./get-phase.ts";
import { hook } from "./hook.ts";
import { importUsage } from "./import.ts";
import { knownIssue } from "./known-issue.ts";
import { migrate } from "./migrate.ts";
import { prices } from "./prices.ts";
import { rotate } from "./rotate.ts";
import { setPhase } from "./set-phase.ts";
import { setup } from "./setup.ts";
import { start } from "./start.ts";
import { status } from "./status.ts";
import { sync } from "./sync.ts";
import { updateStatus } from "./update-status.ts";
import { usageReport } from "./usage-report.ts";
import { version } from "./version.ts";

/** Every subcommand of `nextrust`, sorted. Each loads what it needs when it runs. */
export const subcommands: readonly Command[] = [
  audit,
  budget,
  clearBackoff,
  evaluate,
  getPhase,
  hook,
  importUsage,
  knownIssue,
  migrate,
  prices,
  rotate,
  setPhase,
  setup,
  start,
  status,
  sync,
  updateStatus,
  usageReport,
  version,
];
