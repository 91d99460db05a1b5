import { failed, flaked, green, type Labelled, passed, red, step } from "./case.ts";

const exit = "Error: Process completed with exit code 101.";
const panicked = (test: string, at: string, why: string) =>
  step(
    "cargo test --workspace",
    `test ${test} ... FAILED`,
    "failures:",
    `---- ${test} stdout ----`,
    `thread '${test}' panicked at ${at}:`,
    why,
    "test result: FAILED. 41 passed; 1 failed; 0 ignored; finished in 2.03s",
    exit,
  );
const timer = (ms: number) => panicked("timers::fires_in_order", "kernel/src/timer.rs:88:9", `tick came ${ms} ms late`);
const boot = panicked("boot::reaches_shell", "kernel/tests/boot.rs:31:5", 'assertion failed: out.contains("login:")');
const rustc = (code: string, message: string, file: string) =>
  step(
    "cargo build --release",
    `error[${code}]: ${message}`,
    `  --> ${file}`,
    "error: could not compile `kernel` (lib) due to 1 previous error",
    exit,
  );

export const rust: readonly Labelled[] = [
  {
    story: "The pull request renames a function and forgets a caller.",
    truth: "yours",
    jobs: [
      {
        name: "build",
        log: rustc("E0425", "cannot find function `irq_mask` in this scope", "src/trap.rs:4:5"),
        main: green(20),
        base: passed,
      },
    ],
  },
  {
    story: "The pull request passes a u64 where a u32 is wanted; main is green.",
    truth: "yours",
    jobs: [{ name: "build", log: rustc("E0308", "mismatched types", "src/mm.rs:77:20"), main: green(20), base: passed }],
  },
  {
    story: "Main does not build since an hour; the pull request was opened on top of it.",
    truth: "broken_on_main",
    jobs: [
      {
        name: "build",
        log: rustc("E0432", "unresolved import `crate::sched::Queue`", "src/lib.rs:9:5"),
        main: [red(rustc("E0432", "unresolved import `crate::sched::Queue`", "src/lib.rs:9:5")), ...green(19)],
        base: red(rustc("E0432", "unresolved import `crate::sched::Queue`", "src/lib.rs:9:5")),
      },
    ],
  },
  {
    story: "Main does not build because of a type; the pull request has another type error of its own in the same job.",
    truth: "yours",
    jobs: [
      {
        name: "build",
        log: rustc("E0308", "mismatched types", "src/net/udp.rs:12:9"),
        main: [red(rustc("E0308", "mismatched types", "src/fs/inode.rs:301:17")), ...green(19)],
        base: passed,
      },
    ],
  },
  {
    story: "A timer test that depends on the machine's load, as on main twice this week.",
    truth: "flaky",
    jobs: [
      {
        name: "test-rust",
        log: timer(17),
        main: [...green(3), flaked(timer(9)), ...green(6), flaked(timer(22)), ...green(9)],
        base: passed,
      },
    ],
  },
  {
    story: "The same timer test, but the pull request rewrote the timer wheel and four tests fail with it.",
    truth: "yours",
    jobs: [
      {
        name: "test-rust",
        log: step(
          "cargo test --workspace",
          "test timers::fires_in_order ... FAILED",
          "test timers::cancels ... FAILED",
          "test timers::periodic ... FAILED",
          "test sleep::wakes ... FAILED",
          "thread 'timers::fires_in_order' panicked at kernel/src/timer.rs:88:9:",
          "tick came 400 ms late",
          exit,
        ),
        main: [...green(3), flaked(timer(9)), ...green(6), flaked(timer(22)), ...green(9)],
        base: passed,
      },
    ],
  },
  {
    story: "The pull request breaks exactly the test that is flaky on main; it failed in the same way in three attempts.",
    truth: "yours",
    jobs: [
      {
        name: "test-rust",
        log: timer(55),
        main: [...green(3), flaked(timer(9)), ...green(6), flaked(timer(22))],
        base: passed,
        again: true,
      },
    ],
  },
  {
    story: "The pull request breaks exactly the test that is flaky on main, and nobody has run it again yet.",
    truth: "yours",
    jobs: [{ name: "test-rust", log: timer(55), main: [...green(2), flaked(timer(9)), ...green(9), flaked(timer(22))], base: passed }],
  },
  {
    story: "QEMU did not print the login prompt in time; it did in the second attempt.",
    truth: "flaky",
    jobs: [{ name: "emulation", log: boot, main: green(20), base: passed, passed: true }],
  },
  {
    story: "The pull request moves the console driver, and the emulated machine never prints its prompt.",
    truth: "yours",
    jobs: [{ name: "emulation", log: boot, main: green(20), base: passed }],
  },
  {
    story: "The boot test is red on main since three commits, and nobody had looked into why.",
    truth: "broken_on_main",
    jobs: [{ name: "emulation", log: boot, main: [failed, failed, failed, ...green(17)], base: failed }],
  },
  {
    story: "Boot failed once on the newest commit of main, unexplained; the pull request has a bug in the same job.",
    truth: "yours",
    jobs: [
      {
        name: "emulation",
        log: panicked("boot::mounts_root", "kernel/tests/boot.rs:58:5", "root was not mounted"),
        main: [failed, ...green(19)],
        base: passed,
      },
    ],
  },
  {
    story: "The registry answered 503 while a crate was downloaded.",
    truth: "infrastructure",
    jobs: [
      {
        name: "build",
        log: step(
          "cargo fetch",
          "error: failed to get successful HTTP response from `https://index.crates.io/se/rd/serde` (151.101.1.1), got 503",
          exit,
        ),
        main: green(20),
        base: passed,
      },
    ],
  },
  {
    story: "The pull request names a version of a crate that does not exist.",
    truth: "yours",
    jobs: [
      {
        name: "build",
        log: step(
          "cargo build",
          'error: failed to select a version for the requirement `serde = "^9.0"`',
          "candidate versions found which didn't match: 1.0.228",
          exit,
        ),
        main: green(20),
        base: passed,
      },
    ],
  },
  {
    story: "Clippy of a new toolchain, released today, has a new lint: every pull request and main fail.",
    truth: "broken_on_main",
    jobs: [
      {
        name: "clippy",
        log: step("cargo clippy -- -D warnings", "error: this `if` can be collapsed into the outer `match`: `kernel::sched`", exit),
        main: [
          red(step("cargo clippy -- -D warnings", "error: this `if` can be collapsed into the outer `match`: `kernel::sched`", exit)),
          ...green(19),
        ],
        base: passed,
        seen: [
          ["pull:12", 14],
          ["pull:14", 9],
        ],
      },
    ],
  },
  {
    story: "The pull request is not formatted.",
    truth: "yours",
    jobs: [
      {
        name: "fmt",
        log: step("cargo fmt --check", "Diff in src/trap.rs:41:", "-    let a=1;", "+    let a = 1;", exit),
        main: green(20),
        base: passed,
      },
    ],
  },
  {
    story: "A brand-new job that the pull request adds fails.",
    truth: "yours",
    jobs: [
      {
        name: "miri",
        log: step("cargo miri test", "error: unsupported operation: can't call foreign function `ioctl` on OS `linux`", exit),
        main: [],
        base: [],
      },
    ],
  },
  {
    story: "The job is two days old on main, with two results, and the pull request breaks it.",
    truth: "yours",
    jobs: [
      {
        name: "kani",
        log: panicked("proofs::no_overflow", "src/proofs.rs:9:5", "attempt to add with overflow"),
        main: green(2),
        base: passed,
      },
    ],
  },
];
