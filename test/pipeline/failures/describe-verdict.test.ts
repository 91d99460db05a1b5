import { describe, expect, it } from "vitest";
import { renderParts } from "../../../src/bot/render/block-kit.ts";
import { describeVerdict, ratesOnMain } from "../../../src/pipeline/failures/describe-verdict.ts";
import type { Diagnosis, FailedJob } from "../../../src/pipeline/failures/diagnosis.ts";

const job = (changes: Partial<FailedJob> = {}): FailedJob => ({
  jobId: 1,
  name: "test-rust",
  url: "https://x.test/1",
  failedTests: [],
  moreFailedTests: 0,
  ...changes,
});
const aDiagnosis = (changes: Partial<Diagnosis> = {}) =>
  ({ verdict: "unknown", evidence: [], jobs: [job()], moreJobs: 0, ...changes }) as const;
const words = (changes: Partial<Diagnosis>) => describeVerdict(aDiagnosis(changes)).map((part) => ("text" in part ? part.text : part));

describe("a verdict in words", () => {
  it.each([
    ["yours", "Yours"],
    ["flaky", "Looks flaky"],
    ["broken_on_main", "Not you: broken on main"],
    ["infrastructure", "Infrastructure"],
    ["unknown", "I cannot tell whose it is"],
  ] as const)("%s is said as: %s", (verdict, said) => {
    expect(words({ verdict })).toEqual([said]);
  });

  it("says of the machine what it did, and once", () => {
    expect(words({ verdict: "infrastructure", evidence: [{ text: "build: the runner was lost" }] })).toEqual([
      "Infrastructure: build: the runner was lost",
    ]);
  });

  it("gives at most four reasons, each with its page", () => {
    const evidence = [1, 2, 3, 4, 5].map((at) => ({ text: `reason ${at}`, ...(at > 1 && { url: `https://x.test/${at}` }) }));

    const [, reasons] = describeVerdict(aDiagnosis({ evidence }));

    expect(reasons).toEqual({
      kind: "table",
      columns: ["Why"],
      rows: [
        { cells: ["reason 1"] },
        { cells: [{ text: "reason 2", url: "https://x.test/2" }] },
        { cells: [{ text: "reason 3", url: "https://x.test/3" }] },
        { cells: [{ text: "reason 4", url: "https://x.test/4" }] },
      ],
    });
  });

  it("names the tests that failed, three of many", () => {
    expect(words({ jobs: [job({ failedTests: ["a"] })] })).toContain("Failed test: a");
    expect(words({ jobs: [job({ failedTests: ["a", "b", "c", "d"], moreFailedTests: 6 })] })).toContain("Failed tests: a, b, c and 7 more");
    expect(words({ jobs: [job({ failedTests: ["a"], moreFailedTests: 1 })] })).toContain("Failed tests: a and 1 more");
  });

  it("fits into a message, however hostile its words are", () => {
    const long = "<!channel> *x* ".repeat(2_000);
    const parts = describeVerdict(aDiagnosis({ evidence: [{ text: long }], jobs: [job({ failedTests: [long, long, long] })] }));

    expect(JSON.stringify(renderParts(parts)).length).toBeLessThan(14_000);
  });
});

describe("how often jobs fail on main", () => {
  it("is said of each that ever does, once, by the branch's own name", () => {
    const often = job({ onMain: { failed: 4, of: 20 } });
    const jobs = [
      often,
      often,
      job({ name: "lint", onMain: { failed: 1, of: 3, branch: "trunk" } }),
      job({ name: "fmt", onMain: { failed: 0, of: 9 } }),
      job({ name: "new" }),
    ];

    expect(ratesOnMain([{ jobs }])).toEqual([
      "test-rust failed in 4 of the last 20 runs on main.",
      "lint failed in 1 of the last 3 runs on trunk.",
    ]);
  });

  it("is not said twice", () => {
    const jobs = [job({ onMain: { failed: 4, of: 20 } })];

    expect(ratesOnMain([{ jobs }], [{ text: "test-rust failed in 4 of the last 20 runs on main" }])).toEqual([]);
  });
});
