import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Finding } from "../../../src/pipeline/reviews/finding.ts";
import { keepFindings, markPosted, type Reviewed } from "../../../src/pipeline/reviews/keep-findings.ts";
import { findReview, type ReviewState, storeReview } from "../../../src/pipeline/reviews/review-state.ts";

const aFinding = (fingerprint: string, changes: Partial<Finding> = {}): Finding => ({
  fingerprint,
  severity: "high",
  path: `${fingerprint[0]}.ts`,
  line: 1,
  endLine: 1,
  title: fingerprint,
  reason: "why",
  ...changes,
});
const aReview = (sha: string, findings: readonly Finding[], changes: Partial<Reviewed> = {}): Reviewed => ({
  repository: "acme/shop",
  pullRequest: 2,
  channel: "gemini",
  sha,
  scope: "full",
  paths: ["a.ts", "b.ts"],
  left: [],
  isWhole: true,
  findings,
  ...changes,
});
const statesOf = ({ findings }: ReviewState) => Object.fromEntries(findings.map(({ fingerprint, state }) => [fingerprint, state]));
/** The state after reviews of which each was posted. */
const stateAfter = (...reviews: readonly Reviewed[]): ReviewState | undefined =>
  reviews.reduce<ReviewState | undefined>((before, review) => {
    const { state, toPost } = keepFindings(before, review);
    const posted = toPost.map(({ fingerprint }) => fingerprint);
    return markPosted(state, posted, review.sha);
  }, undefined);
const joined = (before: ReviewState | undefined, review: Reviewed) => statesOf(keepFindings(before, review).state);

describe("findings from one review to the next", () => {
  const first = aReview("1", [aFinding("a1"), aFinding("b1")]);

  it.each<[string, Partial<Reviewed>, object]>([
    ["is gone when the whole change is looked at and it is not said", {}, { a1: "open", b1: "gone" }],
    ["stays when its file was left out", { paths: ["a.ts"], left: [{ path: "b.ts", why: "over_budget" }] }, { a1: "open", b1: "open" }],
    [
      "stays when a part of its file was left out",
      { left: [{ path: "b.ts", why: "over_budget", isPart: true }] },
      { a1: "open", b1: "open" },
    ],
    [
      "stays when nobody answered for its file",
      { paths: ["a.ts"], left: [{ path: "b.ts", why: "not_answered" }] },
      { a1: "open", b1: "open" },
    ],
    ["is gone with its file", { paths: ["a.ts"], left: [{ path: "b.ts", why: "removed" }] }, { a1: "open", b1: "gone" }],
    ["is gone when the change touches its file no more", { paths: ["a.ts"] }, { a1: "open", b1: "gone" }],
    ["stays when GitHub did not list all files", { paths: ["a.ts"], isWhole: false }, { a1: "open", b1: "open" }],
    ["stays when only other files changed since", { scope: "increment", paths: ["a.ts"] }, { a1: "open", b1: "open" }],
    ["is gone when its file changed since and it is not said", { scope: "increment" }, { a1: "open", b1: "gone" }],
  ])("one %s", (_, changes, states) => {
    expect(joined(stateAfter(first), aReview("2", [aFinding("a1")], changes))).toEqual(states);
  });

  it("posts only what was never posted, and nothing that is folded", () => {
    const { toPost } = keepFindings(
      stateAfter(first),
      aReview("2", [aFinding("a1"), aFinding("a2"), aFinding("a3", { folded: "outside_diff" })]),
    );

    expect(toPost.map(({ fingerprint }) => fingerprint)).toEqual(["a2"]);
  });

  it("does not post a second time what was gone and came back, but tells it as new", () => {
    const gone = stateAfter(first, aReview("2", []));
    const { state, toPost } = keepFindings(gone, aReview("3", [aFinding("a1")]));

    expect(toPost).toEqual([]);
    expect(state.findings[0]).toMatchObject({ fingerprint: "a1", state: "open", foundAt: "3", inlineAt: "1" });
    expect(state.findings[0]).not.toHaveProperty("goneAt");
  });

  it("posts again what a crash left unposted", () => {
    const { state } = keepFindings(undefined, first);

    expect(keepFindings(state, first).toPost.map(({ fingerprint }) => fingerprint)).toEqual(["a1", "b1"]);
  });

  it("takes the newest line and severity, and keeps since when it is known", () => {
    const { state } = keepFindings(stateAfter(first), aReview("2", [aFinding("a1", { line: 7, endLine: 8, severity: "low" })]));

    expect(state.findings.find(({ fingerprint }) => fingerprint === "a1")).toMatchObject({
      line: 7,
      severity: "low",
      foundAt: "1",
      seenAt: "2",
    });
  });

  it("is the same however often the same review is joined, and nothing is posted twice", () => {
    const finding = fc.record({
      fingerprint: fc.constantFrom("a1", "a2", "b1", "c1"),
      folded: fc.constantFrom(undefined, "outside_diff" as const),
    });
    const review = fc.record({
      findings: fc.array(finding, { maxLength: 5 }),
      scope: fc.constantFrom("full" as const, "increment" as const),
      paths: fc.subarray(["a.ts", "b.ts", "c.ts"]),
    });
    fc.assert(
      fc.property(fc.array(review, { minLength: 1, maxLength: 6 }), (given) => {
        const posted: string[] = [];
        let state: ReviewState | undefined;
        for (const [index, { findings, ...rest }] of given.entries()) {
          const said = findings.map(({ fingerprint, folded }) => aFinding(fingerprint, folded && { folded }));
          const reviewed = aReview(String(index), said, rest);
          const once = keepFindings(state, reviewed);
          posted.push(...once.toPost.map(({ fingerprint }) => fingerprint));
          state = markPosted(
            once.state,
            once.toPost.map(({ fingerprint }) => fingerprint),
            reviewed.sha,
          );

          const twice = keepFindings(state, reviewed);

          expect(twice.state).toEqual(state);
          expect(twice.toPost).toEqual([]);
        }
        expect(posted).toHaveLength(new Set(posted).size);
      }),
      { numRuns: 200 },
    );
  });

  it("keeps a bounded number, the open ones first", () => {
    const many = Array.from({ length: 290 }, (_, index) => aFinding(`a${index}`));
    const state = stateAfter(
      aReview("1", many),
      aReview(
        "2",
        Array.from({ length: 50 }, (_, index) => aFinding(`b${index}`)),
      ),
    );

    expect(state?.findings).toHaveLength(300);
    expect(state?.findings.filter((each) => each.state === "open")).toHaveLength(50);
  });

  it("survives being kept as JSON, for each channel on its own", async () => {
    const kept = new Map<string, string>();
    const notes = {
      find: async <T>(key: string) => (kept.has(key) ? (JSON.parse(kept.get(key) ?? "") as T) : undefined),
      put: async (key: string, body: unknown) => void kept.set(key, JSON.stringify(body)),
    };
    const state = stateAfter(first) as ReviewState;

    await storeReview(notes, state);

    expect(await findReview(notes, { ...state, repository: "Acme/Shop" })).toEqual(state);
    expect(await findReview(notes, { ...state, channel: "o3" })).toBeUndefined();
  });
});
