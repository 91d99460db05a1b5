interface FailedTest {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly message: string;
  readonly details: string;
}

/** The tests that fail when a test job does. */
export const failedTests: readonly FailedTest[] = [
  failed("fpu::trap::tests::restores_frame_after_unimplemented_fsin", "kernel/src/fpu/trap.rs", 214, "0x40_00_00_00", "0x00_00_00_00"),
  failed("fpu::trap::tests::null_frame_resets_the_unit", "kernel/src/fpu/trap.rs", 251, "FrameKind::Null", "FrameKind::Idle"),
];

function failed(name: string, file: string, line: number, expected: string, found: string): FailedTest {
  const message = "assertion `left == right` failed";
  const details = [`thread '${name}' panicked at ${file}:${line}:9:`, message, `  left: ${found}`, ` right: ${expected}`].join("\n");
  return { name, file, line, message, details };
}

const crates = [
  "cfg-if v1.0.4",
  "bitflags v2.10.0",
  "spin v0.10.0",
  "m68k-regs v0.3.1",
  "volatile v0.6.1",
  "log v0.4.28",
  "heapless v0.9.2",
];
const areas = ["alloc::slab", "alloc::page", "sched::queue", "dma::channel", "scsi::command", "video::lut", "rtc::clock", "fpu::decode"];
const testsOfAnArea = 30;

const green = (text: string) => `\u001b[0m\u001b[32m${text}\u001b[0m`;
const red = (text: string) => `\u001b[0m\u001b[31m${text}\u001b[0m`;
const bold = (text: string) => `\u001b[0m\u001b[1m\u001b[32m${text}\u001b[0m`;

/** What `cargo test` prints, red or green. */
export function cargoTest(isRed: boolean): string[] {
  const failing = isRed ? failedTests : [];
  const passing = areas.flatMap((area) => Array.from({ length: testsOfAnArea }, (_, index) => `${area}::tests::case_${index + 1}`));
  const count = passing.length + failedTests.length;
  const verdict = isRed ? red("FAILED") : green("ok");
  return [
    ...crates.map((crate) => `${bold("   Compiling")} ${crate}`),
    `${bold("   Compiling")} nextrust-kernel v0.1.0 (kernel)`,
    `${bold("    Finished")} \`test\` profile [unoptimized + debuginfo] target(s) in 41.77s`,
    `${bold("     Running")} unittests src/lib.rs (target/debug/deps/nextrust_kernel-5f1c0a7be2d94e11)`,
    "",
    `running ${count} tests`,
    ...passing.map((name) => `test ${name} ... ${green("ok")}`),
    ...failedTests.map(({ name }) => `test ${name} ... ${verdict}`),
    ...(isRed ? report(failing) : []),
    "",
    `test result: ${verdict}. ${count - failing.length} passed; ${failing.length} failed; 0 ignored; 0 measured; 0 filtered out; finished in 2.31s`,
    "",
    ...(isRed ? [`${red("error")}: test failed, to rerun pass \`-p nextrust-kernel --lib\``] : []),
  ];
}

function report(tests: readonly FailedTest[]): string[] {
  return [
    "",
    "failures:",
    "",
    ...tests.flatMap(({ name, details }) => [`---- ${name} stdout ----`, "", ...details.split("\n"), ""]),
    "note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace",
    "",
    "failures:",
    ...tests.map(({ name }) => `    ${name}`),
  ];
}
