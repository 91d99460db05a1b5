import { describe, expect, it } from "vitest";
import { sessionKey } from "../../../src/pipeline/sessions/finish.ts";

describe("the name of a session's end", () => {
  const origin = { headSha: "abc", runId: 7, attempt: 1 };

  it("is another one at another commit, and in another attempt of the run", () => {
    const keys = [origin, { ...origin, headSha: "def" }, { ...origin, attempt: 2 }, {}].map((each) => sessionKey("s-1", each));

    expect(new Set(keys).size).toBe(4);
    expect(sessionKey("s-1", { ...origin, phase: "build" })).toBe(keys[0]);
  });
});
