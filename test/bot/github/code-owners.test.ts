import { describe, expect, it } from "vitest";
import { toCodeOwners } from "../../../src/bot/github/code-owners.ts";

describe("the owners of a whole repository", () => {
  it.each([
    ["are of the last line that takes in everything", "* @ada\n/src @uma\n* @grace @uma\n", ["grace", "uma"]],
    ["may stand by any such pattern", "** @ada", ["ada"]],
    ["may stand by any such pattern from the top", "/** @ada", ["ada"]],
    ["are none where the last such line takes them back", "* @ada\n*\n", []],
    ["are not those of files in the top folder, or of one kind", "/* @ada\n*.rs @uma", []],
    ["are people, not teams and not addresses", "* @o/team ada@x.test @uma @-bad @also_bad", ["uma"]],
    ["end where a comment begins", "# * @ada\n  *\t@uma # and @grace\r\n", ["uma"]],
    ["are none of an empty file", "", []],
  ])("%s", (_, file, expected) => {
    expect(toCodeOwners(file)).toEqual(expected);
  });

  it("are none of a file that GitHub would not load, and of the largest that it does they are read at once", () => {
    const largest = `${"*".padEnd(3 * 1024 * 1024 - 6, " @")} @ada`.slice(0, 3 * 1024 * 1024);
    const begun = performance.now();

    toCodeOwners(largest);
    toCodeOwners("*\t \n".repeat(100_000));

    expect(performance.now() - begun).toBeLessThan(3_000);
    expect(toCodeOwners(`* @ada\n${"#".repeat(3 * 1024 * 1024)}`)).toEqual([]);
  });
});
