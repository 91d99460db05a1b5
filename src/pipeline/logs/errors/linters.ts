import type { ErrorPattern } from "./pattern.ts";

/** Linters and formatters. Sorted by tool. */
export const linterErrors: readonly ErrorPattern[] = [
  {
    tool: "Biome",
    strength: "cause",
    pattern: /^\S+ (?:lint|assist|format|parse|check|suppressions)\S* .{0,40}━━/,
    looksLike: "src/a.ts:3:5 lint/suspicious/noDoubleEquals  FIXABLE  ━━━━━━━━━━",
  },
  {
    tool: "ESLint",
    strength: "cause",
    pattern: /^ *\d+:\d+ +error +\S/,
    looksLike: "  12:7  error  'x' is assigned a value but never used  no-unused-vars",
  },
  {
    tool: "mypy",
    strength: "cause",
    pattern: /^[^\s:]{1,500}\.pyi?:\d+(?::\d+)?: error: /,
    looksLike: "app/main.py:10: error: Incompatible return value type  [return-value]",
  },
  {
    tool: "Prettier",
    strength: "hint",
    pattern: /^\[(?:warn|error)\] Code style issues/,
    looksLike: "[warn] Code style issues found in the above file. Run Prettier with --write to fix.",
    isAfterwards: true,
  },
  {
    tool: "Ruff",
    strength: "cause",
    pattern: /^[^\s:]{1,500}\.pyi?:\d+:\d+: [A-Z]{1,6}\d{2,5}:? /,
    looksLike: "app/main.py:1:8: F401 [*] `os` imported but unused",
  },
  { tool: "rustfmt", strength: "cause", pattern: /^Diff in \S/, looksLike: "Diff in /home/ada/src/main.rs:3:" },
];
