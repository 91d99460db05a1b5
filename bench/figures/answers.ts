import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Asked, Sample } from "../answers/sample.ts";
import { startChild } from "../children.ts";
import type { Row } from "../row.ts";
import type { Size } from "../size.ts";
import { percentile } from "../statistics.ts";
import type { Stage } from "../targets.ts";
import { ms } from "../words.ts";

/** They wait for calls nearly all the time, so a few at once hardly disturb each other. */
const askers = 4;

const firstAimMs = 500;
const answerAimMs = 1_500;

/** What a person waits for, when every call of Slack's and GitHub's API takes 150 ms. */
export async function measureAnswers({ folder }: Stage, { answers }: Size): Promise<readonly Row[]> {
  const samples = await Promise.all(
    Array.from({ length: askers }, async (_, at) => {
      const place = join(folder, `asker-${at}`);
      mkdirSync(place);
      await using child = startChild(new URL("../answers/asker.ts", import.meta.url), [place, String(Math.ceil(answers / askers))]);
      return await child.next<Sample[]>();
    }),
  );
  const of = (asked: Asked, caches: Sample["caches"]) => samples.flat().filter((one) => one.asked === asked && one.caches === caches);
  return [
    ...rows("`/ci status #1`", ["acknowledged in words", "answered"], of("slash", "warm"), of("slash", "cold")),
    ...rows("`/ci get-logs #2`", ["acknowledged in words", "answered"], of("logs", "warm"), []),
    ...rows("`/ci retry-job --failed #2`", ["acknowledged in words", "answered"], of("retry", "warm"), []),
    ...rows("`/ci-status` comment", ["first reaction", "answered"], of("comment", "warm"), of("comment", "cold")),
  ];
}

function rows(what: string, [first, answer]: readonly [string, string], warm: readonly Sample[], cold: readonly Sample[]): readonly Row[] {
  return (["warm", "cold"] as const).flatMap((caches) => {
    const samples = caches === "warm" ? warm : cold;
    if (samples.length === 0) return [];
    return [
      toRow(
        `${what} ${first}, ${caches}`,
        samples.map(({ firstMs }) => firstMs),
        firstAimMs,
      ),
      toRow(
        `${what} ${answer}, ${caches}`,
        samples.map(({ answerMs }) => answerMs),
        answerAimMs,
      ),
    ];
  });
}

function toRow(figure: string, times: readonly number[], aimMs: number): Row {
  const p95 = percentile(times, 0.95);
  return {
    figure,
    ours: `p50 ${ms(percentile(times, 0.5))}, p95 ${ms(p95)} (${times.length})`,
    aim: `p95 < ${aimMs.toLocaleString("en")} ms`,
    isMet: p95 < aimMs,
  };
}
