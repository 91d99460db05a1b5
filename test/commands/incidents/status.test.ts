import { describe, expect, it } from "vitest";
import { incidentNotes } from "../../../src/commands/status-incidents.ts";
import type { Pipeline } from "../../../src/pipeline/pipelines.ts";
import { ada, anIncident, aRed, aRun, at, repository } from "./an-incident.ts";

const headSha = aRun(7).headSha;
const ofRef = (name: string, sha = "f".repeat(40)): Pipeline => ({
  repository,
  headSha: sha,
  headUrl: "",
  subject: { kind: "ref", name },
  counts: {},
  jobs: [],
});
const ofPull = (number: number, branch: string, isFork = false, sha = "f".repeat(40)): Pipeline => ({
  ...ofRef(branch, sha),
  subject: { kind: "pull_request", number, title: "", url: "", state: "open", author: "ada", branch, isFork },
});

const onMain = anIncident();
const queued = anIncident({ number: 13, lastRed: aRun(9, { pullRequest: 4 }) });
const outage = anIncident({ number: 14 }, aRed({ subject: { kind: "outage", repository, signature: "s", workflowIds: [1] } }));

describe("the status of a pipeline", () => {
  it.each([
    ["its branch is broken", ofRef("main"), onMain],
    ["its commit is what failed", ofRef(headSha, headSha), onMain],
    ["its head is what failed", ofPull(2, "topic", false, headSha), onMain],
    ["its branch is the one that is broken", ofPull(2, "main"), onMain],
    ["it failed in the merge queue", ofPull(4, "topic"), queued],
  ])("tells of the incident where %s", (_, pipeline, incident) => {
    expect(incidentNotes([incident], pipeline)).toMatchObject({
      parts: [{ text: expect.stringContaining("nobody has it"), mood: "bad" }],
      actions: [{ label: "Acknowledge", command: `ack i${incident.number} ${repository}@` }],
    });
  });

  it.each([
    ["another branch is broken", ofRef("topic"), onMain],
    ["it is another pull request", ofPull(5, "topic"), queued],
    ["a fork's branch happens to be called so", ofPull(2, "main", true), onMain],
    ["all is broken", ofRef("main"), outage],
  ])("tells of none where %s", (_, pipeline, incident) => {
    expect(incidentNotes([incident], pipeline)).toEqual({ parts: [], actions: [] });
  });

  it("says that it is not the author's where a pull request is part of it", () => {
    const pipeline = ofPull(5, "topic");
    const words = (isAll: boolean) => incidentNotes([outage], pipeline, new Map([[14, isAll]])).parts;

    expect(words(true)).toEqual([{ kind: "text", text: "Not you: part of i14 (outage), which nobody has taken yet", mood: "idle" }]);
    expect(words(false)).toEqual([{ kind: "text", text: "Not all yours: part of i14 (outage), which nobody has taken yet", mood: "idle" }]);
  });

  it("tells of two at most, and leads to what happened where all have an owner", () => {
    const owned = [1, 2, 3].map((number) => anIncident({ number, state: "acknowledged", owner: { person: ada, since: at } }));

    expect(incidentNotes(owned, ofRef("main"))).toMatchObject({
      parts: [{ text: "i1 CI on main is red: build · ada has it" }, {}, { text: "and 1 more: incidents lists them." }],
      actions: [{ label: "What happened", command: `incidents i1 ${repository}@` }],
    });
  });
});
