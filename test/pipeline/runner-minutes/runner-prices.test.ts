import { describe, expect, it } from "vitest";
import { Runners, toRunnerPrices } from "../../../src/config/runners.ts";
import { costOfJob, type RunnerPrice } from "../../../src/pipeline/runner-minutes/runner-prices.ts";
import { exactUsd } from "../../../src/pipeline/usage/money.ts";

const minute = 60_000;
const own = toRunnerPrices(
  Runners.parse([
    { label: "GPU-*", usdPerMinute: "0.07" },
    { label: "self-hosted", usdPerMinute: 0.001, roundUp: "none" },
    { label: "build-farm", usdPerMinute: 0 },
    { label: "windows-latest", usdPerMinute: 0.02 },
  ]),
);

const cost = (labels: readonly string[], { prices = own, isPrivate = true, ranMs = 10 * minute } = {}) => {
  const { costPico, basis, label } = costOfJob({ labels, isPrivate, ranMs }, prices);
  return [basis, label, costPico === undefined ? undefined : exactUsd(costPico)];
};

describe("the cost of a job", () => {
  it.each<[readonly string[], readonly (string | undefined)[]]>([
    [["ubuntu-latest"], ["priced", "ubuntu-latest", "0.06"]],
    [["Ubuntu-24.04"], ["priced", "ubuntu-24.04", "0.06"]],
    [["ubuntu-slim"], ["priced", "ubuntu-slim", "0.02"]],
    [["ubuntu-24.04-arm"], ["priced", "ubuntu-24.04-arm", "0.05"]],
    [["windows-2025"], ["priced", "windows-2025", "0.1"]],
    [["windows-latest"], ["priced", "windows-latest", "0.2"]],
    [["macos-15"], ["priced", "macos-15", "0.62"]],
    [["macos-15-intel"], ["priced", "macos-15-intel", "0.62"]],
    [["macos-latest-large"], ["priced", "macos-latest-large", "0.77"]],
    [["macos-14-xlarge"], ["priced", "macos-14-xlarge", "1.02"]],
    [["ubuntu-latest-16-cores"], ["priced", "ubuntu-latest-16-cores", "0.42"]],
    [["ubuntu-22.04-16core"], ["priced", "ubuntu-22.04-16core", "0.42"]],
    [["gpu-a100"], ["priced", "GPU-*", "0.7"]],
    [
      ["self-hosted", "linux", "gpu-a100"],
      ["priced", "GPU-*", "0.7"],
    ],
    [
      ["self-hosted", "linux"],
      ["priced", "self-hosted", "0.01"],
    ],
    [["build-farm"], ["priced", "build-farm", "0"]],
    [["our-large-one"], ["unpriced", "our-large-one", undefined]],
    [["ubuntu-latest-huge"], ["unpriced", "ubuntu-latest-huge", undefined]],
    [[], ["unpriced", "no label", undefined]],
  ])("for %j is by the first price that fits, else as GitHub lists it, else not known", (labels, expected) => {
    expect(cost(labels)).toEqual(expected);
  });

  it.each<[readonly string[], string]>([
    [["ubuntu-latest"], "free"],
    [["windows-latest"], "free"],
    [["macos-15"], "free"],
    [["ubuntu-24.04-arm"], "free"],
    [["macos-15-large"], "priced"],
    [["ubuntu-latest-4-cores"], "priced"],
    [["gpu-a100"], "priced"],
    [["self-hosted", "ubuntu-latest"], "priced"],
    [["our-large-one"], "unpriced"],
  ])("for %j on a public repository is %s: GitHub's standard runners cost nothing there", (labels, basis) => {
    expect(cost(labels, { isPrivate: false })[0]).toBe(basis);
  });

  it("is not GitHub's on a runner of one's own that has the same label", () => {
    expect(cost(["self-hosted", "ubuntu-latest"], { prices: [] })).toEqual(["unpriced", "self-hosted, ubuntu-latest", undefined]);
  });

  it.each([
    [0, 1],
    [1_000, 1],
    [60_000, 1],
    [61_000, 2],
    [3_599_000, 60],
    [-5_000, 1],
  ])("of %i ms is that of %i whole minutes", (ranMs, minutes) => {
    const { billedMs, costPico } = costOfJob({ labels: ["ubuntu-latest"], isPrivate: true, ranMs }, []);

    expect([billedMs, costPico]).toEqual([minutes * minute, BigInt(minutes) * 6_000_000_000n]);
  });

  it.each([
    [1_000_000_000n, -5_000, 0n],
    [1_000_000_000n, 0, 0n],
    [1_000_000_000n, 1_000, 16_666_667n],
    [1_000_000_000n, 61_000, 1_016_666_667n],
    [1n, 30_000, 0n],
    [3n, 30_000, 2n],
  ])("at %i a minute for %i ms is %i where nothing is rounded up, and the last digit half to even", (picoPerMinute, ranMs, costPico) => {
    const price: RunnerPrice = { label: "own", picoPerMinute, isInWholeMinutes: false };

    expect(costOfJob({ labels: ["own"], isPrivate: true, ranMs }, [price])).toMatchObject({ billedMs: Math.max(ranMs, 0), costPico });
  });
});

describe("the prices in the settings", () => {
  it.each<[object, string]>([
    [{ label: "x", usdPerMinute: -0.01 }, "is no amount of dollars from 0 to 1000, such as 0.008"],
    [{ label: "x", usdPerMinute: "a lot" }, "is no amount of dollars from 0 to 1000, such as 0.008"],
    [{ label: "x", usdPerMinute: 1_001 }, "is no amount of dollars from 0 to 1000, such as 0.008"],
    [{ label: "{a,b}", usdPerMinute: 1 }, "has one of { } [ ] ! \\"],
  ])("are refused where they are none: %j", (runner, problem) => {
    expect(Runners.safeParse([runner]).error?.issues[0]?.message).toContain(problem);
  });
});
