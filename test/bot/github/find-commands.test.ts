import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findCommands } from "../../../src/bot/github/find-commands.ts";
import { anyText } from "../../commands/grammar/any-text.ts";
import { cpuMsOf } from "../../cpu-time.ts";

const textsIn = (body: string, prefix = "/ci") => findCommands(body, prefix).commands.map(({ text }) => text);

describe("findCommands", () => {
  it("finds every command, in order, wherever it starts a line", () => {
    expect(textsIn("Thanks!\r\n/ci-status #12\r\nand\r\n  /CI retry-job *x86*\r\n")).toEqual(["status #12", "retry-job *x86*"]);
  });

  it("takes only the live one beside a fenced one", () => {
    expect(textsIn("```\n/ci-cancel\n```\n/ci-status\n> /ci-retry\n")).toEqual(["status"]);
  });

  it("leaves other prefixes, near misses and text around alone", () => {
    expect(textsIn("/cinema\n/cistatus\nx /ci-status\n/deploy\n/ci.status\n/ci/status")).toEqual([]);
    expect(textsIn("/pipe-status\n/ci-status", "/pipe")).toEqual(["status"]);
  });

  it("takes the lines up to the next command for the reason", () => {
    const { commands } = findCommands("/ci-ack\nflaky again\n```\n/ci-no\n```\n\n/ci-status\n/ci-retry x -- please\nbye", "/ci");

    expect(commands.map(({ reason }) => reason)).toEqual(["flaky again\n```\n/ci-no\n```", undefined, "please"]);
  });

  it("keeps a word that only begins like a command as a command of its own", () => {
    expect(textsIn("/ci-retryx")).toEqual(["retryx"]);
  });

  it("takes at most ten commands and says how many it dropped", () => {
    const { commands, dropped } = findCommands("/ci-status\n".repeat(13), "/ci");

    expect(commands).toHaveLength(10);
    expect(dropped).toBe(3);
  });

  it("reads 65,536 characters and no more", () => {
    const filler = "a".repeat(65_536);

    expect(textsIn(`/ci-status\n\n${filler}\n\n/ci-retry`)).toEqual(["status"]);
    expect(textsIn(`${filler}\n\n/ci-retry`)).toEqual([]);
  });

  it("does not lose, with the end of a long comment, what kept a line from firing", () => {
    const hidden = `text <b title="\n/ci-cancel\n${"a".repeat(65_536)}">`;

    expect(textsIn(`/ci-status\n\n${hidden}`)).toEqual(["status"]);
    expect(textsIn(hidden)).toEqual([]);
  });

  it("takes no time for a comment without a command", () => {
    const comment = "> - a\n".repeat(10_000);

    expect(cpuMsOf(() => findCommands(comment, "/ci"))).toBeLessThan(50);
  });

  it("reads any soup without failing", () => {
    const piece = fc.constantFrom(...'> |- |1. |\n|\n\n|```|`|<!--|-->|<b |[a]:|[|](|)|"|\\|/ci-status|/ci| |\t|---|é|🚀|**'.split("|"));
    const soup = fc.array(fc.oneof(piece, anyText), { maxLength: 40 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(soup, (body) => {
        const { commands, dropped } = findCommands(body, "/ci");

        expect(commands.length).toBeLessThanOrEqual(10);
        expect(dropped).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 300 },
    );
  });
});
