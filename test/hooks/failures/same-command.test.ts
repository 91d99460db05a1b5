import { describe, expect, it } from "vitest";
import { sameCommand } from "../../../src/hooks/failures/same-command.ts";

describe("the same command", () => {
  it.each([
    ["however it is spaced", "cargo   test  --all"],
    ["however much of its output is shown", "cargo test --all 2>&1 | tail -50"],
    ["wherever its errors go", "cargo test --all 2>/dev/null"],
    ["with its output kept beside", "set -o pipefail && cargo test --all 2>&1 | tee build.log | tail -n 5"],
    ["with a limit of time", "timeout -k 5 300 cargo test --all"],
    ["measured", "time cargo test --all"],
    ["with variables that change only what is printed", "RUST_BACKTRACE=1 CARGO_TERM_COLOR=never cargo test --all"],
    ["with such variables through env", "env RUST_LOG=debug cargo test --all"],
    ["with its end said behind it", 'cargo test --all; echo "EXIT: $?"'],
    ["with an excuse", "cargo test --all || true"],
    ["with a word for when it passes", "cargo test --all && echo passed"],
  ])("is one %s", (_, source) => {
    expect(sameCommand(source).text).toBe("cargo test --all");
  });

  it.each([
    ["other arguments", "cargo test --lib"],
    ["variables that change what is done", "TARGET=m68k cargo test --all"],
    ["another one that looks through its output", "cargo test --all | grep FAILED"],
    ["another one behind it", "cargo test --all && cargo build"],
    ["its meaning turned round", "! cargo test --all"],
    ["nothing taken from the environment", "env -i cargo test --all"],
  ])("is another one with %s", (_, source) => {
    expect(sameCommand(source).text).not.toBe("cargo test --all");
  });

  it("says where it runs, when it is told beforehand", () => {
    expect(sameCommand("cd packages/a && cd lib; npm test")).toMatchObject({ text: "npm test", folders: ["packages/a", "lib"] });
    expect(sameCommand('cd "$ROOT" && npm test')).toMatchObject({ text: 'cd "$ROOT" && npm test', folders: [] });
  });

  it("orders its variables, as that changes nothing", () => {
    expect(sameCommand("B=2 A=1 make").text).toBe(sameCommand("env A=1 B=2 make").text);
  });

  it.each([
    ["npm test", true],
    ["npm test && echo fine", true],
    ["set -eo pipefail; npm test | tail", true],
    ["npm test | tail -20", false],
    ["npm test | tail -20 && npm run build", false],
    ["npm test || true", false],
    ["npm test; echo $?", false],
    ["npm test &", false],
  ])("knows of `%s` whether its exit code is its own: %s", (source, tellsEnd) => {
    expect(sameCommand(source).tellsEnd).toBe(tellsEnd);
  });

  it.each(["cat <<END\nno end", "'", "$(", "sleep 5", "cd somewhere", "timeout 60", ""])("takes %j as it is", (source) => {
    expect(sameCommand(source)).toMatchObject({ text: source.trim().replace(/\s+/g, " "), tellsEnd: true });
  });

  it.each([
    ["a && ".repeat(1_500)],
    ["$(".repeat(4_000)],
    ["env ".repeat(2_000)],
    ["a|".repeat(4_000)],
    ["<<a ".repeat(2_000)],
    ["x".repeat(3_000_000)],
  ])("takes no longer than a moment for what is made to be slow (%#)", (source) => {
    const begun = performance.now();

    sameCommand(source);

    expect(performance.now() - begun).toBeLessThan(500);
  });
});
