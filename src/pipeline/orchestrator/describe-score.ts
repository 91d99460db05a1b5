import { type Fact, facts, type Part, type Row, text } from "../../reply.ts";
import { clipped } from "../logs/clipped.ts";
import { mask } from "../logs/mask.ts";
import { counted, showShare } from "../reports/words.ts";
import { showUsd } from "../usage/money.ts";
import type { Stage } from "./decision.ts";
import { intervalOf, type Rightness, type Score } from "./score.ts";

/** Of fewer the share alone says little. */
const few = 30;
const mostModels = 8;
const longestModel = 60;

const stageNames: Readonly<Record<Stage, string>> = {
  known_issue: "Known issue",
  claude: "Claude",
  o3: "o3 (advice for a person)",
  person: "A person, or nobody",
};

/** `7 of 8 (87.5 %; likely between 53 and 98 %)` */
export function rightInWords(rightness: Rightness): string {
  const { right, known } = rightness;
  const interval = intervalOf(rightness);
  if (!interval) return "not known yet";
  const likely = known < few ? `; likely between ${percent(interval.from)} and ${percent(interval.to)} %` : "";
  return `${right} of ${known} (${showShare(right, known)}${likely})`;
}

const percent = (share: number): number => Math.round(share * 100);

/** How failures were decided, and how often that was right. */
export function describeScore(score: Score, about: string, words: string, secrets: readonly string[]): readonly Part[] {
  const { failures, withoutPerson, byStage, calibration, models } = score;
  const share = showShare(withoutPerson, failures) ?? "none";
  return [
    text(`${about} ${words}: ${counted(failures, "failure")}, ${share} decided without a person`),
    facts(...factsOf(score)),
    {
      kind: "table",
      columns: ["Decided by", "Failures", "Share", "Begun by itself", "Right"],
      rows: byStage.map(({ stage, decided, carriedOut, ...rightness }) => ({
        cells: [
          stageNames[stage],
          `${decided}`,
          showShare(decided, failures) ?? "",
          `${carriedOut}`,
          stage === "known_issue" || stage === "claude" ? rightInWords(rightness) : "claims nothing",
        ],
      })),
    },
    ...(calibration.length > 0
      ? [
          text("How sure Claude was, and how often that was right"),
          {
            kind: "table",
            columns: ["It said", "On average", "Right"],
            rows: calibration.map(({ from, to, claimed, ...rightness }) => ({
              cells: [`${percent(from)}–${percent(to)} %`, `${percent(claimed)} %`, rightInWords(rightness)],
            })),
          } as const,
        ]
      : []),
    ...(models.length > 0
      ? [{ kind: "table", columns: ["Model", "Asked", "Without an answer", "Right", "Cost"], rows: modelRows(score, secrets) } as const]
      : []),
  ];
}

function factsOf({ decided, baseline, costPico, models }: Score): readonly Fact[] {
  const asked = models.reduce((sum, model) => sum + model.asked, 0);
  return [
    { label: "Right, where the end is known", value: rightInWords(decided) },
    { label: "“Always retry once” on the same failures", value: rightInWords(baseline) },
    {
      label: "Cost",
      value:
        asked === 0
          ? "no model was asked"
          : `${showUsd(costPico)}, ${showUsd(costPico / BigInt(asked))} for each of ${counted(asked, "question")}`,
    },
  ];
}

const modelRows = ({ models }: Score, secrets: readonly string[]): readonly Row[] =>
  models.slice(0, mostModels).map(({ model, asked, failed, costPico, ...rightness }) => ({
    cells: [clipped(mask(model, secrets), longestModel), `${asked}`, `${failed}`, rightInWords(rightness), showUsd(costPico)],
  }));
