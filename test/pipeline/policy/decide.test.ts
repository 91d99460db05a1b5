import { describe, expect, it } from "vitest";
import { decide, type Facts } from "../../../src/pipeline/policy/decide.ts";
import type { FinishedRun } from "../../../src/pipeline/policy/finished-run.ts";
import type { Rule } from "../../../src/pipeline/policy/rule.ts";
import type { Transition } from "../../../src/pipeline/policy/standing.ts";
import { aFinishedRun } from "./a-finished-run.ts";

interface Row {
  readonly rule: Rule;
  readonly run?: Partial<FinishedRun>;
  readonly transition?: Transition;
  readonly facts?: Facts;
}

const decided = ({ rule, run, transition = "failed", facts }: Row) =>
  decide(
    { channel: { id: "C1", repositories: ["Acme/Shop", "acme/api"], notify: [rule] }, subscribed: [] },
    aFinishedRun(run),
    transition,
    facts,
  );

const green = { conclusion: "success" } as const;
const bot = { actor: { login: "dependabot[bot]", isBot: true } } as const;
const told = { kind: "tell", unchecked: [] } as const;
const quiet = { kind: "quiet" } as const;

describe("a rule of a channel", () => {
  it.each<[string, Row, object]>([
    ["tells of a failure when it says nothing", { rule: {} }, told],
    ["tells of a recovery", { rule: {}, run: green, transition: "recovered" }, told],
    ["tells of no success", { rule: {}, run: green, transition: "passed" }, quiet],
    ["tells of no cancelled run", { rule: {}, run: { conclusion: "cancelled" }, transition: "other" }, quiet],
    ["tells of a timeout", { rule: {}, run: { conclusion: "timed_out" } }, told],
    ["tells of every success that it asks for", { rule: { conclusions: ["success"] }, run: green, transition: "recovered" }, told],
    ["tells of no recovery unless it is asked for", { rule: { conclusions: ["failure"] }, run: green, transition: "recovered" }, quiet],
    ["takes no success for a recovery that came too late", { rule: {}, run: green, transition: "overtaken" }, quiet],
    ["is for the channel's repositories, in any case", { rule: {}, run: { repository: "ACME/API" } }, told],
    ["is for no other repository", { rule: {}, run: { repository: "acme/other" } }, quiet],
    ["is for the repositories it names", { rule: { repositories: ["acme/api"] } }, quiet],
    ["wants one of its workflows", { rule: { workflows: ["CI", "release-*"] }, run: { workflow: "release-arm" } }, told],
    ["wants the whole name to fit", { rule: { workflows: ["CI"] }, run: { workflow: "CI nightly" } }, quiet],
    ["wants one of its branches", { rule: { branches: ["main", "release/*"] }, run: { branch: "release/1.2" } }, told],
    ["reads a star as one level", { rule: { branches: ["release/*"] }, run: { branch: "release/1/2" } }, quiet],
    ["tells of no pull request", { rule: {}, run: { event: "pull_request" } }, quiet],
    ["tells of pull requests when it asks for them", { rule: { events: ["pull_request"] }, run: { event: "pull_request" } }, told],
    ["tells of no push then", { rule: { events: ["pull_request"] } }, quiet],
    ["wants one of its actors", { rule: { actors: { only: ["ADA"] } } }, told],
    ["wants no other actor", { rule: { actors: { only: ["grace"] } } }, quiet],
    ["leaves actors out", { rule: { actors: { not: ["dependabot[bot]"] } }, run: bot }, quiet],
    ["counts bots", { rule: {}, run: bot }, told],
    ["leaves bots out", { rule: { bots: "out" }, run: bot }, quiet],
    ["leaves no person out with the bots", { rule: { bots: "out" } }, told],
    ["tells of a second attempt that failed", { rule: {}, run: { attempt: 2 }, transition: "still_failing" }, told],
    ["tells of first attempts only", { rule: { attempts: "first" }, run: { attempt: 2 }, transition: "still_failing" }, quiet],
    ["but of a recovery in a later one", { rule: { attempts: "first" }, run: { ...green, attempt: 2 }, transition: "recovered" }, told],
    ["asks for changed files", { rule: { paths: ["src/**"] } }, { kind: "ask", changed: true, teams: [] }],
    ["asks for nothing when it does not fit anyhow", { rule: { paths: ["src/**"], branches: ["x"] } }, quiet],
    ["wants one changed file", { rule: { paths: ["src/**"] }, facts: { changed: ["README.md", "src/a/b.rs"] } }, told],
    ["wants no other files", { rule: { paths: ["src/**"] }, facts: { changed: ["README.md"] } }, quiet],
    ["asks for teams", { rule: { teams: ["acme/web"] } }, { kind: "ask", changed: false, teams: ["acme/web"] }],
    [
      "wants one of its teams",
      { rule: { teams: ["acme/web", "acme/api"] }, facts: { teams: { "acme/web": false, "acme/api": true } } },
      told,
    ],
    ["wants no other people", { rule: { teams: ["acme/web"] }, facts: { teams: { "acme/web": false } } }, quiet],
    [
      "rather fits when nobody can tell",
      { rule: { paths: ["a"], teams: ["acme/web"] }, facts: { changed: "unknown", teams: { "acme/web": "unknown" } } },
      { kind: "tell", unchecked: ["paths", "teams"] },
    ],
    [
      "does not fit when one fact says so",
      { rule: { paths: ["a"], teams: ["acme/web"] }, facts: { changed: ["b"], teams: { "acme/web": "unknown" } } },
      quiet,
    ],
  ])("%s", (_, row, decision) => {
    expect(decided(row)).toEqual(decision);
  });

  it("is one of several, of which one that fits is enough", () => {
    const notify: Rule[] = [{ branches: ["x"] }, { paths: ["src/**"] }, { workflows: ["CI"] }];

    expect(decide({ channel: { id: "C1", repositories: ["acme/shop"], notify }, subscribed: [] }, aFinishedRun(), "failed")).toEqual(told);
  });

  it("tells nothing where there is none", () => {
    expect(decide({ channel: { id: "C1", repositories: ["acme/shop"] }, subscribed: [] }, aFinishedRun(), "failed")).toEqual(quiet);
  });
});

describe("a subscription", () => {
  const subscribed: Rule[] = [{ repositories: ["acme/shop"] }];

  it.each([
    ["to a public repository counts in any channel", { repositories: [], isPrivate: false }, told],
    ["to a private one counts where the file binds it", { repositories: ["acme/shop"], isPrivate: true }, told],
    ["to one that became private counts nowhere else", { repositories: ["acme/api"], isPrivate: true }, quiet],
  ])("%s", (_, { repositories, isPrivate }, decision) => {
    expect(decide({ channel: { id: "C1", repositories }, subscribed }, aFinishedRun({ isPrivate }), "failed")).toEqual(decision);
  });
});
