/** How many tests a run had, as runners say it at their end. */
export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

type Outcome = keyof TestCounts;

/** Lines that sum up, by runner; each is counted once. */
const summaries: readonly { readonly runner: string; readonly pattern: RegExp; readonly looksLike: string }[] = [
  {
    runner: "cargo test",
    pattern: /^test result: /,
    looksLike: "test result: ok. 5 passed; 0 failed; 2 ignored; 0 measured; 0 filtered out",
  },
  { runner: "Jest", pattern: /^Tests: +\d/, looksLike: "Tests:       1 failed, 2 skipped, 5 passed, 8 total" },
  { runner: "Mocha", pattern: /^ {2}\d+ (?:passing|failing|pending)\b/, looksLike: "  5 passing (1s)" },
  { runner: "nextest", pattern: /^ +Summary \[/, looksLike: "     Summary [   0.024s] 8 tests run: 5 passed, 1 failed, 2 skipped" },
  {
    runner: "pytest",
    pattern: /^(?:=+ )?\d+ (?:passed|failed|skipped|errors?|deselected|xfailed).{0,200} in \d/,
    looksLike: "=== 1 failed, 5 passed, 2 skipped in 0.12s ===",
  },
  { runner: "Vitest", pattern: /^ +Tests +\d/, looksLike: "      Tests  1 failed | 5 passed | 2 skipped (8)" },
];

const outcomes: Readonly<Record<string, Outcome>> = {
  error: "failed",
  errors: "failed",
  failed: "failed",
  failing: "failed",
  ignored: "skipped",
  passed: "passed",
  passing: "passed",
  pending: "skipped",
  skipped: "skipped",
  todo: "skipped",
};
const counted = /(\d{1,9}) ([a-z]+)/g;

/** Adds up what the lines of a run's output say. */
export class TestCounter {
  readonly #counts = { passed: 0, failed: 0, skipped: 0 };
  #hasCounted = false;

  /** @param line without colours */
  read(line: string): void {
    if (!/\d|--- /.test(line)) return;
    if (summaries.some(({ pattern }) => pattern.test(line))) {
      for (const [, count, word = ""] of line.slice(0, 500).matchAll(counted)) {
        const outcome = Object.hasOwn(outcomes, word) ? outcomes[word] : undefined;
        if (outcome) this.#add(outcome, Number(count));
      }
      return;
    }
    this.#readMaven(line);
    this.#readOthers(line);
  }

  /** Undefined where no runner that we know has summed up. */
  counts(): TestCounts | undefined {
    return this.#hasCounted ? { ...this.#counts } : undefined;
  }

  /** The sums of a module; those of its classes say how long they took. */
  #readMaven(line: string): void {
    const match = /Tests run: (\d{1,9}), Failures: (\d{1,9}), Errors: (\d{1,9}), Skipped: (\d{1,9})(?!.*(?:Time elapsed| in ))/.exec(line);
    if (!match) return;
    const [run = 0, failures = 0, errors = 0, skipped = 0] = match.slice(1).map(Number);
    this.#add("passed", run - failures - errors - skipped);
    this.#add("failed", failures + errors);
    this.#add("skipped", skipped);
  }

  #readOthers(line: string): void {
    const ofGo = /^ *--- (PASS|FAIL|SKIP): /.exec(line)?.[1];
    if (ofGo) this.#add(ofGo === "PASS" ? "passed" : ofGo === "FAIL" ? "failed" : "skipped", 1);
    const ofNode = /^(?:ℹ|#) (pass|fail|skipped|todo) (\d{1,9})$/.exec(line);
    if (ofNode) this.#add(ofNode[1] === "pass" ? "passed" : ofNode[1] === "fail" ? "failed" : "skipped", Number(ofNode[2]));
    const ofCtest = /^\d{1,3}% tests passed, (\d{1,9}) tests? failed out of (\d{1,9})/.exec(line);
    if (ofCtest) {
      this.#add("failed", Number(ofCtest[1]));
      this.#add("passed", Number(ofCtest[2]) - Number(ofCtest[1]));
    }
    this.#readUnittest(line);
  }

  /** It tells first how many there were, and then which of them did not pass. */
  #readUnittest(line: string): void {
    const run = /^Ran (\d{1,9}) tests? in /.exec(line)?.[1];
    if (run !== undefined) this.#add("passed", Number(run));
    const others = /^(?:OK|FAILED) \((.{1,200})\)$/.exec(line)?.[1];
    for (const [, word, count] of others?.matchAll(/(failures|errors|skipped)=(\d{1,9})/g) ?? []) {
      this.#add(word === "skipped" ? "skipped" : "failed", Number(count));
      this.#add("passed", -Number(count));
    }
  }

  #add(outcome: Outcome, count: number): void {
    this.#counts[outcome] = Math.max(0, this.#counts[outcome] + count);
    this.#hasCounted = true;
  }
}
