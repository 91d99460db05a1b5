import { divideHalfEven, type PicoUsd, toPico } from "../usage/money.ts";

/** Assumed, never measured: what an hour costs, and how many minutes a session saves. */
export interface RoiAssumptions {
  readonly hourlyRateUsd: number;
  readonly minutesSavedPerSession: { readonly low: number; readonly mid: number; readonly high: number };
}

export const roiCases = ["low", "mid", "high"] as const;
export type RoiCase = (typeof roiCases)[number];

export interface Roi {
  readonly case: RoiCase;
  /** A session. */
  readonly minutesSaved: number;
  /** All sessions. */
  readonly allMinutesSaved: number;
  readonly valuePico: PicoUsd;
  readonly netPico: PicoUsd;
}

/**
 * What it was worth under each assumption, less what it cost.
 *
 * @param costPico all that was billed
 */
export function roiOf(sessions: number, costPico: PicoUsd, { hourlyRateUsd, minutesSavedPerSession }: RoiAssumptions): readonly Roi[] {
  const hourlyRatePico = toPico(hourlyRateUsd);
  return roiCases.map((each) => {
    const minutesSaved = minutesSavedPerSession[each];
    const allMinutesSaved = sessions * minutesSaved;
    const valuePico = divideHalfEven(BigInt(allMinutesSaved) * hourlyRatePico, 60n);
    return { case: each, minutesSaved, allMinutesSaved, valuePico, netPico: valuePico - costPico };
  });
}
