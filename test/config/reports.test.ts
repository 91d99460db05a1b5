import { describe, expect, it } from "vitest";
import { Settings } from "../../src/config/settings.ts";

const problemsIn = (reports: unknown, more: object = {}) =>
  Settings.safeParse({ ...more, reports }).error?.issues.map(({ path, message }) => `${path.join(".")} ${message}`) ?? [];

describe("the settings of the weekly report", () => {
  it.each([
    [{ at: "9:00" }, "reports.at is not a time of the day, such as 09:00"],
    [{ channel: "general" }, "reports.channel is not the id of a Slack channel"],
    [{ discussions: "acme/shop" }, "reports.discussions acme/shop has no category in discussions"],
    [{ roi: { minutesSavedPerSession: { low: 40 } } }, "reports.roi.minutesSavedPerSession go from low over mid to high"],
    [{ roi: { minutesSavedPerSession: { high: 20 } } }, "reports.roi.minutesSavedPerSession go from low over mid to high"],
  ])("refuse %j", (reports, problem) => {
    expect(problemsIn(reports)).toEqual([problem]);
  });

  it("take a repository that has a category, whatever the case", () => {
    expect(problemsIn({ discussions: "ACME/shop" }, { discussions: [{ repository: "acme/Shop", category: "reports" }] })).toEqual([]);
  });
});
