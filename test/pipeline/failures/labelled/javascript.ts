import { failed, flaked, green, type Labelled, passed, red, step } from "./case.ts";

const exit = "Error: Process completed with exit code 1.";
const jest = (test: string, ...why: readonly string[]) =>
  step(
    "npx jest",
    "FAIL src/cart.test.ts",
    `  ● ${test}`,
    ...why.map((one) => `    ${one}`),
    "Tests:       1 failed, 311 passed, 312 total",
    exit,
  );
const playwright = (test: string, why: string) =>
  step("npx playwright test", `  1) [chromium] › tests/checkout.spec.ts:14:1 › ${test} ─────────`, `    ${why}`, "  1 failed", exit);
const slowPage = playwright("pays by card", "Test timeout of 30000ms exceeded while waiting for getByRole('button')");
const tsc = (line: string) => step("npx tsc --noEmit", line, "Error: Process completed with exit code 2.");

export const javascript: readonly Labelled[] = [
  {
    story: "The pull request changes what a total is, and a test says so.",
    truth: "yours",
    jobs: [
      {
        name: "unit",
        log: jest("cart › adds up", "expect(received).toBe(expected)", "Expected: 12", "Received: 13"),
        main: green(20),
        base: passed,
      },
    ],
  },
  {
    story: "The pull request misspells a property.",
    truth: "yours",
    jobs: [
      {
        name: "types",
        log: tsc("src/cart.ts(12,7): error TS2551: Property 'totl' does not exist on type 'Cart'."),
        main: green(20),
        base: passed,
      },
    ],
  },
  {
    story: "Types are broken on main by a merge of two pull requests that were fine by themselves.",
    truth: "broken_on_main",
    jobs: [
      {
        name: "types",
        log: tsc("src/pay.ts(3,10): error TS2305: Module './cart' has no exported member 'Line'."),
        main: [
          red(tsc("src/pay.ts(3,10): error TS2305: Module './cart' has no exported member 'Line'.")),
          red(tsc("src/pay.ts(3,10): error TS2305: Module './cart' has no exported member 'Line'.")),
          ...green(18),
        ],
        base: passed,
      },
    ],
  },
  {
    story: "Types are broken on main, and the pull request has a type error of its own, which comes first.",
    truth: "yours",
    jobs: [
      {
        name: "types",
        log: tsc("src/admin.ts(9,1): error TS2304: Cannot find name 'user'."),
        main: [red(tsc("src/pay.ts(3,10): error TS2305: Module './cart' has no exported member 'Line'.")), ...green(19)],
        base: passed,
      },
    ],
  },
  {
    story: "The browser test waits for a button that comes late under load; on main it does so most days.",
    truth: "flaky",
    jobs: [
      {
        name: "e2e",
        log: slowPage,
        main: [passed, flaked(slowPage), ...green(3), flaked(slowPage), ...green(4), red(slowPage), ...green(6)],
        base: passed,
      },
    ],
  },
  {
    story: "The browser test waits for a button that the pull request renamed.",
    truth: "yours",
    jobs: [
      {
        name: "e2e",
        log: playwright("opens the basket", "Test timeout of 30000ms exceeded while waiting for getByRole('button')"),
        main: [passed, flaked(slowPage), ...green(3), flaked(slowPage), ...green(14)],
        base: passed,
      },
    ],
  },
  {
    story: "The browser crashed when it started; it started in the second attempt.",
    truth: "flaky",
    jobs: [
      {
        name: "e2e",
        log: step("npx playwright test", "Error: browserType.launch: Target page, context or browser has been closed", exit),
        main: green(20),
        base: passed,
        passed: true,
      },
    ],
  },
  {
    story: "The npm registry reset the connection.",
    truth: "infrastructure",
    jobs: [
      {
        name: "unit",
        log: step(
          "npm ci",
          "npm error code ECONNRESET",
          "npm error syscall read",
          "npm error network This is a problem related to network connectivity.",
          exit,
        ),
        main: green(20),
        base: passed,
      },
    ],
  },
  {
    story: "The pull request does not commit the lock file.",
    truth: "yours",
    jobs: [
      {
        name: "unit",
        log: step(
          "npm ci",
          "npm error code EUSAGE",
          "npm error `npm ci` can only install packages when your package.json and package-lock.json are in sync.",
          exit,
        ),
        main: green(20),
        base: passed,
      },
    ],
  },
  {
    story: "The pull request adds a dependency from a registry that does not exist.",
    truth: "yours",
    jobs: [
      {
        name: "unit",
        log: step(
          "npm ci",
          "npm error code ENOTFOUND",
          "npm error network request to https://npm.acme.internal/left-pad failed, reason: getaddrinfo ENOTFOUND npm.acme.internal",
          exit,
        ),
        main: green(20),
        base: passed,
      },
    ],
  },
  {
    story: "A test server is not listening yet when the test begins: seen on main three times, run again each time.",
    truth: "flaky",
    jobs: [
      {
        name: "unit",
        log: jest("api › answers", "connect ECONNREFUSED 127.0.0.1:41233"),
        main: [
          ...green(2),
          flaked(jest("api › answers", "connect ECONNREFUSED 127.0.0.1:39001")),
          ...green(4),
          flaked(jest("api › answers", "connect ECONNREFUSED 127.0.0.1:34567")),
          flaked(jest("api › answers", "connect ECONNREFUSED 127.0.0.1:40400")),
        ],
        base: passed,
      },
    ],
  },
  {
    story: "The pull request breaks the server's start, and the test cannot connect to it.",
    truth: "yours",
    jobs: [{ name: "unit", log: step("node --test", "Error: connect ECONNREFUSED 127.0.0.1:41233", exit), main: green(20), base: passed }],
  },
  {
    story: "Unit tests and types fail, both for the pull request's reasons.",
    truth: "yours",
    jobs: [
      { name: "unit", log: jest("cart › removes", "TypeError: cart.remove is not a function"), main: green(20), base: passed },
      {
        name: "types",
        log: tsc("src/cart.test.ts(4,6): error TS2339: Property 'remove' does not exist on type 'Cart'."),
        main: green(20),
        base: passed,
      },
    ],
  },
  {
    story: "One job is flaky as on main, the other fails because of the pull request.",
    truth: "yours",
    jobs: [
      { name: "e2e", log: slowPage, main: [passed, flaked(slowPage), ...green(3), flaked(slowPage), ...green(14)], base: passed },
      { name: "unit", log: jest("cart › discounts", "Expected: 10", "Received: 0"), main: green(20), base: passed },
    ],
  },
  {
    story: "The pull request adds a test that fails now and then; it passed in the second attempt.",
    truth: "yours",
    jobs: [
      {
        name: "unit",
        log: jest("basket › is emptied at midnight", "Expected: 0", "Received: 1"),
        main: green(20),
        base: passed,
        passed: true,
      },
    ],
  },
  {
    story: "The end-to-end job has been red on main for four commits because of an expired test account.",
    truth: "broken_on_main",
    jobs: [
      {
        name: "e2e",
        log: playwright("logs in", "Error: expect(page).toHaveURL(expected) failed"),
        main: [...[1, 2, 3, 4].map(() => red(playwright("logs in", "Error: expect(page).toHaveURL(expected) failed"))), ...green(16)],
        base: failed,
      },
    ],
  },
];
