import { describe, expect, it } from "vitest";
import { type Asked, skipOf } from "../../../src/pipeline/reviews/skip.ts";
import { aFile, numbered } from "./a-change.ts";

const skip = { drafts: true, bots: true, labels: ["skip-review"], fewerLinesThan: 3, paths: ["legacy/**"] };
const pull: Asked["pull"] = { state: "open", isFork: false, isDraft: false, author: { id: 1, login: "ada", isBot: false }, labels: [] };
const asked = (changes: Partial<Asked["pull"]> = {}, rest: Partial<Asked> = {}): Asked => ({
  pull: { ...pull, ...changes },
  files: [aFile("src/a.ts", "", numbered(9))],
  rules: { skip },
  isMembersWord: false,
  ...rest,
});
const bot = { id: 9, login: "dependabot[bot]", isBot: true };
const small = { files: [aFile("src/a.ts", "", "one\ntwo\n"), aFile("yarn.lock", "", numbered(900))] };
const nothing = { files: [aFile("yarn.lock", "", numbered(9)), aFile("legacy/a.c", "", numbered(9))] };

describe("a pull request", () => {
  it.each<[string, Asked]>([
    ["one that nothing speaks against", asked()],
    ["one of an account that is no more", asked({ author: undefined })],
    ["one of exactly as many lines as it takes", asked({}, { files: [aFile("src/a.ts", "", numbered(3))] })],
    ["a draft where drafts are reviewed", asked({ isDraft: true }, { rules: { skip: { ...skip, drafts: false } } })],
  ])("is reviewed by itself: %s", (_, given) => {
    expect(skipOf(given)).toBeUndefined();
  });

  it.each<[string, Asked]>([
    ["draft", asked({ isDraft: true })],
    ["bot", asked({ author: bot })],
    ["label", asked({ labels: ["Skip-Review"] })],
    ["fork", asked({ isFork: true })],
    ["too_small", asked({}, small)],
  ])("is reviewed only when a member asks: %s", (why, given) => {
    expect(skipOf(given)).toMatchObject({ why, canForce: true });
    expect(skipOf({ ...given, isMembersWord: true })).toBeUndefined();
  });

  it.each<[string, Asked]>([
    ["closed", asked({ state: "merged" }, { isMembersWord: true })],
    ["nothing_to_review", asked({}, { ...nothing, isMembersWord: true })],
  ])("is never reviewed: %s", (why, given) => {
    expect(skipOf(given)).toMatchObject({ why, canForce: false });
  });

  it("is told in a sentence why not, without counting what no person wrote", () => {
    expect(skipOf(asked({}, small))?.words).toBe("2 lines are changed: changes under 3 are not reviewed by themselves.");
  });
});
