import { failed, flaked, green, type Labelled, passed, red, step } from "./case.ts";

const exit = "Error: Process completed with exit code 1.";
const go = (test: string, line: string, seconds = 0.31) =>
  step(
    "go test ./...",
    `--- FAIL: ${test} (${seconds}s)`,
    `    ${line}`,
    "FAIL",
    `FAIL	example.com/shop/internal/queue	${seconds + 1}s`,
    exit,
  );
const drain = (seconds: number) => go("TestDrain", `queue_test.go:88: drained after ${seconds}s, want at most 1s`, seconds);
const docker = (line: string) => step("docker build .", line, "Error: Process completed with exit code 17.");
const limit = docker("toomanyrequests: You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit");

export const goAndDocker: readonly Labelled[] = [
  {
    story: "The pull request breaks the order of a queue.",
    truth: "yours",
    jobs: [{ name: "test", log: go("TestOrder", "queue_test.go:31: got [2 1], want [1 2]"), main: green(20), base: passed }],
  },
  {
    story: "A test with a deadline of a second, under load, as often on main.",
    truth: "flaky",
    jobs: [
      {
        name: "test",
        log: drain(1.2),
        main: [passed, flaked(drain(1.9)), passed, red(drain(1.1)), ...green(4), flaked(drain(1.4)), ...green(11)],
        base: passed,
      },
    ],
  },
  {
    story: "The same test, and the newest commit of main happens to have failed by it too.",
    truth: "flaky",
    jobs: [
      {
        name: "test",
        log: drain(1.2),
        main: [red(drain(1.9)), passed, flaked(drain(1.1)), ...green(4), flaked(drain(1.4)), ...green(11)],
        base: passed,
      },
    ],
  },
  {
    story: "The same test once on main, and now here, in a pull request that changes a text.",
    truth: "flaky",
    jobs: [{ name: "test", log: drain(1.2), main: [...green(5), flaked(drain(1.9)), ...green(14)], base: passed }],
  },
  {
    story: "The race detector finds a race that the pull request made.",
    truth: "yours",
    jobs: [
      { name: "race", log: go("TestStats", "testing.go:1490: race detected during execution of test"), main: green(20), base: passed },
    ],
  },
  {
    story: "A compile error in a file that the pull request adds.",
    truth: "yours",
    jobs: [
      { name: "build", log: step("go build ./...", "internal/queue/lease.go:12:9: undefined: Lease", exit), main: green(20), base: passed },
    ],
  },
  {
    story: "The module proxy timed out.",
    truth: "infrastructure",
    jobs: [
      {
        name: "build",
        log: step(
          "go mod download",
          'go: github.com/lib/pq@v1.10.9: error: Get "https://proxy.golang.org/github.com/lib/pq/@v/v1.10.9.zip": dial tcp 142.250.74.1:443: i/o timeout',
          exit,
        ),
        main: green(20),
        base: passed,
      },
    ],
  },
  {
    story: "Docker Hub's pull limit.",
    truth: "infrastructure",
    jobs: [{ name: "image", log: limit, main: green(20), base: passed }],
  },
  {
    story: "Docker Hub's pull limit in one job, and a broken test in another.",
    truth: "yours",
    jobs: [
      { name: "image", log: limit, main: green(20), base: passed },
      { name: "test", log: go("TestLease", "lease_test.go:9: lease was not renewed"), main: green(20), base: passed },
    ],
  },
  {
    story: "Docker Hub's pull limit in three jobs at once.",
    truth: "infrastructure",
    jobs: ["image (amd64)", "image (arm64)", "image (riscv64)"].map((name) => ({
      name,
      log: limit,
      main: [failed, ...green(19)],
      base: passed,
    })),
  },
  {
    story: "The pull request names an image that does not exist.",
    truth: "yours",
    jobs: [
      {
        name: "image",
        log: docker(
          "ERROR: failed to solve: golang:1.99: failed to resolve source metadata for docker.io/library/golang:1.99: docker.io/library/golang:1.99: not found",
        ),
        main: green(20),
        base: passed,
      },
    ],
  },
  {
    story: "The image's build fails in a step that the pull request changed.",
    truth: "yours",
    jobs: [
      {
        name: "image",
        log: docker('ERROR: failed to solve: process "/bin/sh -c make install" did not complete successfully: exit code: 2'),
        main: green(20),
        base: passed,
      },
    ],
  },
  {
    story: "The base image changed overnight: the image does not build on main either.",
    truth: "broken_on_main",
    jobs: [
      {
        name: "image",
        log: docker("/usr/local/bin/entry: line 3: update-ca-trust: command not found"),
        main: [red(docker("/usr/local/bin/entry: line 3: update-ca-trust: command not found")), ...green(19)],
        base: passed,
      },
    ],
  },
  {
    story: "In the merge queue: the group before it broke main with the same test.",
    truth: "broken_on_main",
    of: "other",
    jobs: [
      {
        name: "test",
        log: go("TestShards", "shard_test.go:5: got 3, want 4"),
        main: [red(go("TestShards", "shard_test.go:5: got 3, want 4")), ...green(19)],
      },
    ],
  },
  {
    story: "In the merge queue: two changes that do not go together.",
    truth: "yours",
    of: "other",
    jobs: [{ name: "test", log: go("TestShards", "shard_test.go:5: got 3, want 4"), main: green(20) }],
  },
  {
    story: "A known flaky test of the linker, in the list of known issues.",
    truth: "flaky",
    jobs: [
      { name: "link", log: step("go test ./link", "--- FAIL: TestLinker (9.20s)", exit), main: green(20), base: passed, known: "flaky" },
    ],
  },
];
