import { describe, expect, it } from "vitest";
import { isNewer, type Version } from "../../../src/pipeline/mirror/item.ts";

const said: Version = { at: 1_000, rank: 0, words: "a" };
const edited: Version = { at: 1_000, rank: 1, words: "b", before: "a" };
const editedAgain: Version = { at: 1_000, rank: 1, words: "c", before: "b" };

describe("a version of what was said", () => {
  it.each([
    ["the first that is heard of", said, undefined, true],
    ["a later one", { ...said, at: 2_000 }, edited, true],
    ["an earlier one", said, { ...said, at: 2_000 }, false],
    ["an edit in the second in which it was said", edited, said, true],
    ["what was said in the second of its edit", said, edited, false],
    ["the second edit within a second", editedAgain, edited, true],
    ["the first edit, after the second one within a second", edited, editedAgain, false],
    ["the same again", edited, edited, false],
    ["back to what it was, within a second", { ...edited, words: "a", before: "b" }, edited, true],
    ["an edit that does not tell what it replaced", { at: 1_000, rank: 1, words: "d" }, { at: 1_000, rank: 1, words: "b" }, true],
  ])("is newer or not: %s", (_, arriving, known, expected) => {
    expect(isNewer(arriving, known)).toBe(expected);
  });
});
