import { describe, expect, it } from "vitest";
import type { Verdict } from "../../../src/pipeline/failures/diagnosis.ts";
import { verdicts } from "../../../src/pipeline/failures/diagnosis.ts";
import { cAndEmbedded } from "./labelled/c-and-embedded.ts";
import type { Labelled } from "./labelled/case.ts";
import { goAndDocker } from "./labelled/go-and-docker.ts";
import { javascript } from "./labelled/javascript.ts";
import { judge } from "./labelled/judge.ts";
import { python } from "./labelled/python.ts";
import { runnerAndMain } from "./labelled/runner-and-main.ts";
import { rust } from "./labelled/rust.ts";

const cases = [...rust, ...cAndEmbedded, ...python, ...javascript, ...goAndDocker, ...runnerAndMain];
const isNotYours = (verdict: Verdict): boolean => verdict !== "yours" && verdict !== "unknown";
const share = (part: number, whole: number): string =>
  `${part} of ${whole}${whole === 0 ? "" : ` (${((100 * part) / whole).toFixed(1)} %)`}`;

describe("the verdict on a hundred failures whose cause is known", async () => {
  const judged: readonly (Labelled & { readonly verdict: Verdict })[] = await Promise.all(
    cases.map(async (one) => ({ ...one, verdict: await judge(one) })),
  );
  const said = judged.filter(({ verdict }) => isNotYours(verdict));
  const right = said.filter(({ truth }) => truth !== "yours");

  it("is taken of a hundred", () => {
    expect(cases).toHaveLength(100);
    expect(new Set(cases.map(({ story }) => story)).size).toBe(100);
  });

  it("is right in at least 95 of 100 that it calls not yours", () => {
    const lines = verdicts.map((verdict) => {
      const all = judged.filter((one) => one.verdict === verdict);
      const truly = judged.filter(({ truth }) => truth === verdict);
      const hits = all.filter(({ truth }) => truth === verdict);
      if (verdict === "unknown") return `unknown: ${all.length}`;
      return `${verdict}: precision ${share(hits.length, all.length)}, coverage ${share(hits.length, truly.length)}`;
    });
    const all = `not yours: precision ${share(right.length, said.length)}, coverage ${share(right.length, judged.filter(({ truth }) => truth !== "yours").length)}`;
    const wrong = judged.filter(({ verdict, truth }) => verdict !== "unknown" && verdict !== truth);
    console.info([...lines, all, ...wrong.map(({ story, truth, verdict }) => `  said ${verdict}, was ${truth}: ${story}`)].join("\n"));

    expect(right.length / said.length).toBeGreaterThanOrEqual(0.95);
  });

  it("is given often enough to be of use", () => {
    expect(said.length).toBeGreaterThanOrEqual(30);
  });

  it("calls nobody's failure theirs more often than one in ten times", () => {
    const blamed = judged.filter(({ verdict }) => verdict === "yours");

    expect(blamed.filter(({ truth }) => truth !== "yours").length).toBeLessThanOrEqual(blamed.length / 10);
  });
});
