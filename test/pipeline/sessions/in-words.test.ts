import { describe, expect, it } from "vitest";
import type { RequestTold } from "../../../src/pipeline/sessions/event.ts";
import { sessionsInWords } from "../../../src/pipeline/sessions/in-words.ts";
import type { Observation } from "../../../src/pipeline/sessions/observed.ts";
import { aFailure, aSession } from "../../contracts/observed.ts";

const aRequest = (changes: Partial<RequestTold> = {}): RequestTold => ({
  type: "request",
  id: "q1",
  at: 0,
  channel: "o3",
  subject: "design",
  reason: "it failed",
  details: "",
  ...changes,
});

describe("what sessions did at a commit", () => {
  it.each<[readonly Observation[], string | undefined]>([
    [[], undefined],
    [[aSession()], "worked on this commit"],
    [[aSession(), aSession({ id: "s2", session: "s2" })], "2 sessions worked on this commit"],
    [[aSession(), aFailure()], "cargo test failed 3 times"],
    [
      [aFailure({ failures: 2, command: "make" }), aFailure({ id: "f2" }), aRequest(), aRequest({ id: "q2" }), aSession()],
      "2 commands failed again and again (cargo test 3 times); o3 was asked for design help (not answered so far)",
    ],
    [
      [aRequest(), aRequest({ id: "q2", channel: "gemini", subject: "review" })],
      "o3 was asked for design help (not answered so far); gemini was asked for a review (not answered so far)",
    ],
    [[aFailure({ command: `make \\\n  ${"x".repeat(80)}` })], `make \\ ${"x".repeat(52)}… failed 3 times`],
  ])("is said in a sentence (%#)", (observations, sentence) => {
    expect(sessionsInWords(observations)).toBe(sentence);
  });

  it("says what came of each request", () => {
    const ends = new Map([
      ["q1", "answered on the pull request"],
      ["q3", "answered on the pull request"],
    ]);

    expect(sessionsInWords([aRequest(), aRequest({ id: "q2" }), aRequest({ id: "q3" })], ends)).toBe(
      "o3 was asked for design help (answered on the pull request; not answered so far)",
    );
  });
});
