import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FailureTold, SessionEvent } from "../../../src/pipeline/sessions/event.ts";
import type { Journal } from "../../../src/pipeline/sessions/journal.ts";
import { openJournal } from "../../../src/state/sessions/open.ts";

/** A real journal in a folder of its own, which goes with it. */
export function aJournal(): Journal & Disposable & { readonly file: string } {
  const folder = mkdtempSync(join(tmpdir(), "nextrust-journal-"));
  const file = join(folder, "hooks.db");
  const journal = openJournal(file);
  const dispose = () => {
    journal.close();
    rmSync(folder, { recursive: true });
  };
  return { ...journal, file, [Symbol.dispose]: dispose };
}

export const aTold = (id: string, changes: Partial<FailureTold> = {}): FailureTold => ({
  type: "failure",
  id,
  at: Date.parse("2026-11-23T11:00:00Z"),
  command: "cargo test",
  failures: 3,
  error: "it failed",
  ...changes,
});

/** A request to a model for $0.0045. */
export const aUsageOf = (session: string, id = "anthropic:msg_1", out = 100): SessionEvent => ({
  type: "usage",
  usage: {
    id,
    at: Date.parse("2026-11-22T11:59:00Z"),
    provider: "anthropic",
    model: "claude-sonnet-4-5",
    service: "claude-code",
    basis: "metered",
    tokens: { uncachedIn: 1_000, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, out, reasoning: 0 },
    session,
    statedPico: 4_500_000_000n,
  },
});
