import { failed, flaked, green, type Labelled, passed, red, step } from "./case.ts";

const exit = "Error: Process completed with exit code 1.";
const lost =
  "Error: The hosted runner lost communication with the server. Anything in your workflow that terminates the runner process can cause this error.";
const shutdown =
  "Error: The runner has received a shutdown signal. This can happen when the runner service is stopped, or a manually started runner is canceled.";
const java = (test: string) =>
  step(
    "./gradlew test",
    `${test} FAILED`,
    "    java.lang.IllegalStateException: ledger is closed at LedgerTest.java:31",
    "BUILD FAILED in 51s",
    exit,
  );
const rspec = (why: string) =>
  step("bundle exec rspec", "Failures:", "  1) Order ships", `     Failure/Error: ${why}`, "120 examples, 1 failure", exit);

export const runnerAndMain: readonly Labelled[] = [
  {
    story: "The runner was lost.",
    truth: "infrastructure",
    jobs: [{ name: "test", log: step("make test", lost), main: green(20), base: passed }],
  },
  {
    story: "A spot machine was taken away in the middle of the job.",
    truth: "infrastructure",
    jobs: [
      {
        name: "bench",
        log: step("make bench", shutdown, "Error: The operation was canceled."),
        main: [...green(4), failed, ...green(15)],
        base: passed,
      },
    ],
  },
  {
    story: "The cache service was away when artifacts were stored.",
    truth: "infrastructure",
    jobs: [
      {
        name: "package",
        log: step("upload", "Error: Failed to CreateArtifact: Failed to make request after 5 attempts: Received HTTP 503", exit),
        main: green(20),
        base: passed,
      },
    ],
  },
  {
    story: "The pull request stores two artifacts of one name.",
    truth: "yours",
    jobs: [
      {
        name: "package",
        log: step(
          "upload",
          "Error: Failed to CreateArtifact: Received non-retryable error: Failed request: (409) Conflict: an artifact with this name already exists on the workflow run",
          exit,
        ),
        main: green(20),
        base: passed,
      },
    ],
  },
  {
    story: "github.com answered 502 to the checkout.",
    truth: "infrastructure",
    jobs: [
      {
        name: "test",
        log: step(
          "git fetch",
          "fatal: unable to access 'https://github.com/acme/shop/': The requested URL returned error: 502",
          "Error: The process '/usr/bin/git' failed with exit code 128",
        ),
        main: green(20),
        base: passed,
      },
    ],
  },
  {
    story: "The pull request points a submodule at a commit that nobody pushed.",
    truth: "yours",
    jobs: [
      {
        name: "test",
        log: step(
          "git submodule update",
          "fatal: remote error: upload-pack: not our ref 60303ae22b998861bce3b28f33eec1be758a213c",
          "Error: The process '/usr/bin/git' failed with exit code 128",
        ),
        main: green(20),
        base: passed,
      },
    ],
  },
  {
    story: "The pull request makes a loop that never ends, and the job ran into its limit.",
    truth: "yours",
    jobs: [
      {
        name: "test",
        log: step("make test", "Error: The job running on runner GitHub Actions 7 has exceeded the maximum execution time of 360 minutes."),
        main: green(20),
        base: passed,
      },
    ],
  },
  {
    story: "The log is gone, and main is green.",
    truth: "yours",
    jobs: [{ name: "test", log: "", main: green(20), base: passed }],
  },
  {
    story: "On main: the commit that was just merged breaks a test that was always fine.",
    truth: "broken_on_main",
    of: "main",
    jobs: [{ name: "test", log: java("LedgerTest > closes()"), main: green(19) }],
  },
  {
    story: "On main: the test is broken since the commit before.",
    truth: "broken_on_main",
    of: "main",
    jobs: [{ name: "test", log: java("LedgerTest > closes()"), main: [red(java("LedgerTest > closes()")), ...green(18)] }],
  },
  {
    story: "On main: a test that came and went twice before.",
    truth: "flaky",
    of: "main",
    jobs: [
      {
        name: "test",
        log: java("LedgerTest > races()"),
        main: [
          ...green(3),
          flaked(java("LedgerTest > races()")),
          ...green(3),
          red(java("LedgerTest > races()")),
          ...green(8),
          flaked(java("LedgerTest > races()")),
        ],
      },
    ],
  },
  {
    story: "On main, at night: the runner was lost.",
    truth: "infrastructure",
    of: "main",
    jobs: [{ name: "nightly", log: step("make soak", lost), main: green(19) }],
  },
  {
    story: "The pull request ships orders twice; an unrelated job is red on main for days.",
    truth: "yours",
    jobs: [{ name: "spec", log: rspec("expect(order.shipments).to eq(1)"), main: green(20), base: passed }],
  },
  {
    story: "The unrelated job that is red on main for days is red here too, and nothing else is.",
    truth: "broken_on_main",
    jobs: [
      {
        name: "docs",
        log: step("mkdocs build --strict", "WARNING - Doc file contains a link 'gone.md'", "Aborted with 1 warnings in strict mode!", exit),
        main: [failed, failed, failed, failed, failed],
        base: failed,
      },
    ],
  },
  {
    story: "The linter finds an unused variable.",
    truth: "yours",
    jobs: [
      {
        name: "lint",
        log: step(
          "npx eslint .",
          "/home/runner/work/shop/shop/src/cart.ts",
          "  12:7  error  'sum' is assigned a value but never used  no-unused-vars",
          exit,
        ),
        main: green(20),
        base: passed,
      },
    ],
  },
  {
    story: "The licence server of the linter's paid plug-in is away: lint is red on main and in every pull request since noon.",
    truth: "infrastructure",
    jobs: [
      {
        name: "lint",
        log: step("npx eslint .", "Error: licence check of eslint-plugin-pro failed: HTTP 500 from licences.example.net", exit),
        main: [
          red(step("npx eslint .", "Error: licence check of eslint-plugin-pro failed: HTTP 500 from licences.example.net", exit)),
          ...green(19),
        ],
        base: passed,
        seen: [
          ["pull:8", 40],
          ["branch:main", 30],
        ],
      },
    ],
  },
];
