/** Now, as the files below take it: 2026-11-23, noon. */
export const now = Date.parse("2026-11-23T12:00:00Z");

/** What the shell pipeline of the seed kept in a checkout, by path. */
export const olderPipeline: Readonly<Record<string, string>> = {
  "docs/ci-status/metrics/token-usage-202511.jsonl": [
    '{"timestamp":"2025-11-18T16:45:00Z","session_id":"a1","model":"claude-3-5-sonnet","phase":"phase-2","user":"ada","tokens":{"input":12000,"output":3400,"total":15400},"cost_usd":{"input":0.036,"output":0.051,"total":0.087},"type":"usage_captured"}',
    '{"timestamp":"2025-11-18T17:45:00Z","session_id":"a2","error":"ccusage is missing","exit_code":1,"type":"capture_failure"}',
    "",
  ].join("\n"),
  "docs/ci-status/usage/o3.jsonl":
    '{"timestamp":"2025-11-18T16:50:00Z","service":"o3","tokens_in":1000,"tokens_out":500,"cost_usd":0.006}\n',
  "docs/ci-status/metrics/prompt-audit-202511.jsonl": [
    '{"timestamp":"2025-11-18T16:40:00Z","session_id":"a1","prompt":"Build it.","metadata":{"prompt_metrics":{"estimated_tokens":4,"actual_tokens":5,"estimation_accuracy":0.8}}}',
    '{"timestamp":"2025-11-18T16:41:00Z","session_id":"a1"}',
    "",
  ].join("\n"),
  "docs/ci-status/pipeline-log.json": JSON.stringify({
    current_phase: "phase-3",
    activities: [{ timestamp: "2025-11-18T16:00:00Z", type: "build", message: "LLVM is built" }, { message: "without a time" }],
    phase_history: [
      { id: "phase-1", status: "completed", started_at: "2025-09-01T00:00:00Z" },
      { id: "phase-2", status: "completed", started_at: "2025-10-01T00:00:00Z" },
    ],
  }),
  "docs/ci-status/known-issues.json": JSON.stringify({
    schema_version: "1.0",
    known_issues: [
      {
        id: "llvm-out-of-memory",
        phase: "phase-2",
        category: "build",
        cpu_variants: [],
        error_pattern: "virtual memory exhausted",
        context_patterns: [],
        description: "The linker needs more memory.",
        auto_fix: { type: "manual", script: "Use fewer link jobs.", confidence: 0.8 },
        metadata: { first_seen: "2025-07-01", occurrences: 4, last_fix_success: null, references: [] },
      },
      { id: "Not An Id", error_pattern: "x" },
    ],
  }),
  "docs/ci-status/command-log.json": JSON.stringify({
    commands: [
      { timestamp: "2025-11-18T10:00:00Z", user: "ada", command: "/ci-retry-job", args: ["test-rust"], pr_number: 12, status: "success" },
      { timestamp: "2025-11-18T10:05:00Z", user: "bo", command: "ci-clear-cache", pr_number: 12, status: "denied" },
    ],
  }),
  ".claude/backoff/0123456789abcdef0123456789abcdef01234567": "3\n",
  ".claude/failure-tracking/failures.json": JSON.stringify({
    "cargo build": { count: 4, last_failure: "2026-11-20T10:00:00Z", error: "linker failed" },
    "cargo doc": { count: 2, last_failure: "2025-01-01T10:00:00Z", error: "long ago" },
  }),
};
