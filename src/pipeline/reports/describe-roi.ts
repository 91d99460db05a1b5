import { type Fact, facts, type Part, text } from "../../reply.ts";
import { showUsd, toPico } from "../usage/money.ts";
import type { Report } from "./report.ts";
import type { Roi, RoiCase } from "./roi.ts";
import { counted, showTimes } from "./words.ts";

const hours = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2, roundingMode: "halfEven" });
const caseNames: Readonly<Record<RoiCase, string>> = { low: "Low", mid: "Mid", high: "High" };

/** What it may have been worth: never one number alone, and each with what it assumes. */
export function describeRoi({ roi, roiInputs, sessions, subscription, runnerPico }: Report): readonly Part[] {
  if (roi.length === 0) return [];
  const { hourlyRateUsd, costPico } = roiInputs;
  const rate = showUsd(toPico(hourlyRateUsd));
  const sum = ({ case: name, minutesSaved, allMinutesSaved, valuePico, netPico }: Roi): Fact => {
    const times = showTimes(valuePico, costPico);
    const saved = `${minutesSaved} min saved a session: ${hours.format(allMinutesSaved / 60)} h × ${rate} an hour = ${showUsd(valuePico)}`;
    return {
      label: caseNames[name],
      value: `${saved}, less the cost ${showUsd(netPico)}${times === undefined ? "" : `, ${times} × the cost`}`,
    };
  };
  const cost = `${showUsd(costPico)} billed by request${runnerPico === undefined ? "" : " and for runner minutes"}`;
  const fees = subscription.now > 0n ? ", without the fees of subscriptions, which are not known here" : "";
  return [
    text(
      `Return, if what is assumed holds: ${counted(sessions.now, "session")}; cost ${cost}${fees}. The minutes are assumed, nobody measured them.`,
    ),
    facts(...roi.map(sum)),
  ];
}
