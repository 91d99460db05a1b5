import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { replyMarker } from "../../src/bot/render/marker.ts";
import type { PhaseChange } from "../../src/pipeline/phases/phase-changes.ts";
import { type EmbeddedState, openEmbedded } from "../../src/state/embedded/open.ts";
import { eventually } from "../eventually.ts";
import { startWorld, type Who, type World, wordsIn } from "./world.ts";

const repository = "nextrust/nextrust";

/** On main, CI has passed, its workflow file is there, and nightly.yml has never run. */
const phases = [
  {
    repository: "NeXTRust/nextrust",
    phases: [
      {
        id: "phase-1",
        name: "Environment Setup",
        deliverables: [{ path: ".github/workflows/" }, { path: ".github/workflows/ci.yml" }, { check: "lint" }, { workflow: "ci.yml" }],
      },
      {
        id: "phase-2",
        name: "LLVM Backend Modifications",
        deliverables: [
          { path: "ci/Dockerfile" },
          { check: "CI / docs" },
          { check: "fuzz" },
          { workflow: "nightly.yml" },
          { workflow: "gone.yml" },
        ],
      },
      { id: "phase-3", name: "Rust Target Implementation", deliverables: [] },
    ],
  },
];

let world: World;
let state: EmbeddedState;
beforeAll(async () => {
  world = await startWorld({
    settings: () => ({ cooldownSeconds: 0, phases, discussions: [{ repository, category: "ci" }] }),
  });
  state = await openEmbedded({ file: world.stateFile });
});
afterAll(async () => {
  await state.close();
  await world.close();
});

const ask = (text: string, as: Who = "ada") => world.ask(as, text);
const history = () => state.records.transaction(({ phases: changes }) => changes.latest(repository, 50));
const entries = () => state.records.transaction(({ audit }) => audit.latest(200));
const lastButtons = () =>
  world.slack
    .transcript("ci", "ada")
    .at(-1)
    ?.actions.map(({ value }) => value) ?? [];

/** Brings the repository there, whoever was where before. */
async function isIn(phase: string): Promise<void> {
  const [last] = await history();
  const change: PhaseChange = {
    repository,
    number: (last?.number ?? 0) + 1,
    kind: "set",
    from: last?.to ?? "phase-1",
    to: phase,
    actor: "test",
    actorName: "nobody",
    at: Date.now(),
  };
  await state.records.transaction((tx) => tx.phases.add(change));
}

/** Asks what asks first, and gives the words that agree. */
async function agreementTo(text: string, as: Who = "ada"): Promise<string> {
  await ask(text, as);
  const code = world.slack
    .transcript("ci", as)
    .at(-1)
    ?.actions.map(({ value = "" }) => value)
    .find((value) => value.startsWith("confirm "));
  if (code === undefined) throw new Error(`${text} did not ask.`);
  return code;
}

describe("a repository whose phases were never set", () => {
  it("is in the first one; what is met counts, and what comes next is a click away for those who may", async () => {
    const answer = await ask("check-phase");

    expect(answer).toContain("Phase phase-1 Environment Setup of NeXTRust/nextrust: 4 of 4 deliverables met");
    expect(answer).toMatch(/met\n · \n\.github\/workflows\n/);
    expect(answer).toContain("Complete: set-phase phase-2 moves on to phase-2 LLVM Backend Modifications.");
    expect(lastButtons()).toEqual(["set-phase phase-2 NeXTRust/nextrust@"]);
    await ask("check-phase", "ravi");
    expect(world.slack.transcript("ci", "ravi").at(-1)?.actions).toEqual([]);
  });

  it("moves on without a question when all is met, and everybody sees it", async () => {
    const answer = await ask("set-phase phase-2 -- the toolchain is pinned");

    expect(answer).toContain(
      "moved NeXTRust/nextrust from phase-1 Environment Setup to phase-2 LLVM Backend Modifications: the toolchain is pinned",
    );
    expect(world.slack.transcript("ci", "ravi").map(({ blocks }) => wordsIn(blocks))).toContain(answer);
    expect(await history()).toMatchObject([{ number: 1, kind: "set", from: "phase-1", to: "phase-2", reason: "the toolchain is pinned" }]);
  });
});

describe("the Discussion about the phases of a repository", () => {
  const posted = () => world.github.discussions().filter(({ title }) => title.startsWith("CI phases of"));
  const saying = (words: string) => eventually(() => posted().find(({ body }) => body.includes(words)));

  it("is begun in the category of the settings, and edited as the phases change", async () => {
    const first = await saying("is in phase-2 LLVM Backend Modifications");
    expect(first).toMatchObject({ title: "CI phases of NeXTRust/nextrust", category: "ci" });
    expect(first.body).toContain("the toolchain is pinned");

    await ask(await agreementTo("set-phase phase-3"));
    const { body } = await saying("is in phase-3 Rust Target Implementation");

    expect(body).toContain("the toolchain is pinned");
    expect(body).toContain("phase-2 to phase-3 Rust Target Implementation");
    expect(posted().map(({ id }) => id)).toEqual([first.id]);
  });
});

describe("/ci check-phase", () => {
  beforeEach(() => isIn("phase-2"));

  it("says of each deliverable how it stands and why, with the history below", async () => {
    const before = world.github.calls().length;
    const answer = await ask("check-phase");
    const calls = world.github.calls().slice(before);

    expect(answer).toContain("Phase phase-2 LLVM Backend Modifications of NeXTRust/nextrust: 1 of 5 deliverables met");
    expect(answer).toMatch(/not met: not there\n · \nci\/Dockerfile\n/);
    expect(answer).toMatch(/met\n · \ncheck CI \/ docs\n/);
    expect(answer).toMatch(/not met: no such check on the head\n · \ncheck fuzz\n/);
    expect(answer).toMatch(/not met: no run on main\n · \nworkflow nightly\.yml\n/);
    expect(answer).toMatch(/not met: no run on main\n · \nworkflow gone\.yml\n/);
    expect(answer).toContain("Next comes phase-3 Rust Target Implementation.");
    expect(answer).toContain("phase-1 to phase-2 LLVM Backend Modifications");
    // The head with its checks, all paths at once, and each of the two workflows.
    expect(calls).toHaveLength(4);
  });

  it("never counts what GitHub could not say", async () => {
    world.github.fail(/ObjectsAt/, "rate-limited");
    world.github.fail(/nightly\.yml\/runs/, { status: 429, headers: { "retry-after": "7" } });
    const answer = await ask("check-phase");
    world.github.clearFaults();

    expect(answer).toContain("1 of 5 deliverables met");
    expect(answer).toMatch(/unknown: GitHub limits our requests for now\.\n · \nci\/Dockerfile\n/);
    expect(answer).toMatch(/unknown: GitHub limits our requests for now\.\n · \nworkflow nightly\.yml\n/);
    expect(answer).toContain("2 of them could not be checked, and count as not met.");
  });

  it("shows five changes, and 20 when asked for the history", async () => {
    for (let time = 0; time < 24; time++) await isIn(time % 2 === 0 ? "phase-1" : "phase-2");

    expect((await ask("check-phase")).split("nobody").length - 1).toBe(5 + 1);
    expect((await ask("check-phase --history")).split("nobody").length - 1).toBe(20);
  });

  it("says so kindly when the configuration no longer has the current phase", async () => {
    await isIn("phase-9");

    const answer = await ask("check-phase");

    expect(answer).toContain(
      "NeXTRust/nextrust is in phase-9, which config/nextrust.yml no longer has. Choose one of these with /ci set-phase:",
    );
    expect(answer).toContain("Rust Target Implementation");
    expect(await ask("set-phase phase-3")).toContain("from phase-9 to phase-3 Rust Target Implementation.");
  });
});

describe("/ci status", () => {
  it("shows the phase, and how far it was when somebody last looked, in at most two calls", async () => {
    await isIn("phase-3");
    expect(await ask("status main")).toContain("Phase phase-3 Rust Target Implementation. How far it is: check-phase");
    await isIn("phase-2");
    await ask("check-phase");

    const before = world.github.calls().length;
    const answer = await ask("status main");

    expect(answer).toMatch(/Phase phase-2 LLVM Backend Modifications: 1 of 5 deliverables met \(main @[0-9a-f]{7}, .* UTC\)/);
    expect(world.github.calls().length - before).toBeLessThanOrEqual(2);
  });
});

describe("/ci set-phase", () => {
  beforeEach(() => isIn("phase-2"));

  it("asks first while something is not met, and names it", async () => {
    const answer = await ask("set-phase phase-3");

    expect(answer).toContain("4 of 5 deliverables of phase-2 LLVM Backend Modifications are not met. Move NeXTRust/nextrust on to phase-3");
    expect(answer).toContain("ci/Dockerfile");
    expect(answer).not.toContain("CI / docs");
    expect((await history())[0]).toMatchObject({ to: "phase-2" });

    expect(await ask(String(lastButtons()[0]))).toContain("to phase-3 Rust Target Implementation.");
    expect((await history())[0]).toMatchObject({ kind: "set", from: "phase-2", to: "phase-3", actorName: expect.any(String) });
  });

  it("is done by one of two who agreed to it; the other is told who was faster", async () => {
    const adas = await agreementTo("set-phase phase-3", "ada");
    const graces = await agreementTo("set-phase phase-1", "grace");

    expect(await ask(graces, "grace")).toContain("to phase-1 Environment Setup.");
    const late = await ask(adas);

    expect(late).toMatch(
      /has changed the phase of NeXTRust\/nextrust since you were shown it: it is phase-1 Environment Setup now, so nothing was done\./,
    );
    expect((await history())[0]).toMatchObject({ to: "phase-1" });
    const [entry] = (await entries()).filter(({ text }) => text.startsWith(adas));
    expect(entry).toMatchObject({ outcome: "refused", reason: "phase_moved" });
  });

  it("is done once however often its comment is delivered, with one audit row", async () => {
    await isIn("phase-1");
    const before = (await history()).length;

    const { guid, id } = await world.github.comment("ada", world.github.pulls.red, "/ci-set-phase phase-2");
    for (let time = 0; time < 3; time++) await world.github.redeliver(guid);
    const replies = async () =>
      (await world.github.comments(world.github.pulls.red)).filter(({ body }) => body.includes(replyMarker(`reply:github:comment:${id}`)));
    await eventually(async () => (await replies()).length > 0);

    expect(await history()).toHaveLength(before + 1);
    expect(await replies()).toHaveLength(1);
    expect((await replies())[0]?.body).toContain("to phase-2 LLVM Backend Modifications.");
    expect((await entries()).filter(({ intent }) => intent.startsWith(`github:comment:${id}:`))).toMatchObject([
      { outcome: "done", reason: "phase_set" },
    ]);
  });

  it.each([
    ["set-phase phase-33", "ada", /has no phase “phase-33”\. Did you mean phase-3 or phase-1 or phase-2\? There are:[\s\S]*phase-1/],
    ["set-phase fase-1", "ada", "Did you mean phase-1"],
    ["set-phase PHASE-2", "ada", "NeXTRust/nextrust is in phase-2 LLVM Backend Modifications already. To begin it anew, use reset-phase."],
    ["set-phase phase-3 #2", "ada", "A phase is the whole repository's: name one as in owner/repo@, or none."],
    ["set-phase", "ada", "What is missing here: a phase, such as phase-2."],
    ["set-phase phase-3", "ravi", "needs the role write"],
    ["reset-phase phase-3", "ravi", "needs the role write"],
    [
      "set-phase phase-1 nextrust/secret@",
      "ada",
      "nextrust/secret has no phases. A maintainer can describe them in config/nextrust.yml, under phases.",
    ],
    ["check-phase nextrust/secret@", "ada", "A maintainer can describe them in config/nextrust.yml, under phases."],
  ] as const)("answers %s of %s with a way on", async (text, as, words) => {
    const before = await history();

    expect(await ask(text, as)).toMatch(words);
    expect(await history()).toEqual(before);
  });

  it("changes nothing in a frozen repository", async () => {
    await ask("freeze", "grace");
    const [set, reset] = [await ask("set-phase phase-3"), await ask("reset-phase phase-1")];
    await ask("unfreeze", "grace");

    for (const answer of [set, reset]) expect(answer).toContain("is frozen since");
    expect((await history())[0]).toMatchObject({ to: "phase-2" });
  });
});

describe("a phase changed from where the repository is not at home", () => {
  it("is told to the asker alone", async () => {
    await isIn("phase-1");
    const before = world.slack.transcript("random", "ravi").length;

    const answer = await world.ask("ada", `set-phase phase-3 ${repository}@ -- nobody else's business`, "random");

    expect(answer).toContain("to phase-3 Rust Target Implementation: nobody else's business");
    expect(world.slack.transcript("random", "ravi")).toHaveLength(before);
  });

  it("is told to the asker alone when it was asked for where the repository is at home", async () => {
    const agreement = await agreementTo("reset-phase phase-1");
    const before = world.slack.transcript("random", "ravi").length;

    expect(await world.ask("ada", agreement, "random")).toContain("began phase-1 Environment Setup of NeXTRust/nextrust anew");
    expect(world.slack.transcript("random", "ravi")).toHaveLength(before);
  });
});

describe("/ci reset-phase", () => {
  it("begins a phase anew after a question, and its history says so", async () => {
    await isIn("phase-2");

    const agreement = await agreementTo("reset-phase phase-2 -- the emulator was replaced");
    const answer = await ask(agreement);

    expect(answer).toContain("began phase-2 LLVM Backend Modifications of NeXTRust/nextrust anew: the emulator was replaced");
    expect((await history())[0]).toMatchObject({ kind: "reset", from: "phase-2", to: "phase-2", reason: "the emulator was replaced" });
    expect(await ask("check-phase")).toContain("reset: phase-2 LLVM Backend Modifications (the emulator was replaced)");
  });
});

describe("where no phases are configured", () => {
  const elsewhere = (text: string) => world.ask("ada", text, "random");

  it("their commands stand in no help and no suggestion", async () => {
    expect(await ask("help")).toContain("check-phase");
    expect(await ask("chek-phase")).toContain("Did you mean /ci check-phase or /ci set-phase?");

    expect(await elsewhere("help")).not.toMatch(/(?:check|set|reset)-phase/);
    expect(await elsewhere("chek-phase")).not.toContain("check-phase");
    expect(await elsewhere("help check-phase")).toContain("It has nothing to work on here. Use it to be told what to configure.");
  });
});
