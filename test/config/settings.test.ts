import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Ai } from "../../src/config/ai.ts";
import { Hooks } from "../../src/config/hooks.ts";
import { readSettings } from "../../src/config/read-settings.ts";
import { Settings } from "../../src/config/settings.ts";

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "nextrust-"));
  file = join(folder, "nextrust.yml");
});
afterAll(() => rm(folder, { recursive: true }));

async function read(content: string): Promise<Settings> {
  await writeFile(file, content);
  const settings = readSettings(file);
  if ("problems" in settings) throw new Error(settings.problems.join("\n"));
  return settings.settings;
}

async function problemsIn(content: string): Promise<readonly string[]> {
  await writeFile(file, content);
  const settings = readSettings(file);
  return "problems" in settings ? settings.problems.map((problem) => problem.replace(file, "FILE")) : [];
}

describe("the settings file", () => {
  it("may be empty, or comments only: every key has a default", async () => {
    const defaults = {
      prefix: "ci",
      channels: [],
      discussions: [],
      links: [],
      mirror: [],
      hooks: Hooks.parse({}),
      ai: Ai.parse({}),
      incidents: [],
      onCall: [],
      budgets: { zone: "UTC" },
      runners: [],
      reports: { day: "mon", at: "09:00", roi: { hourlyRateUsd: 120, minutesSavedPerSession: { low: 10, mid: 30, high: 45 } } },
      allow: { slackUsers: [], slackChannels: [], githubBots: [], internalsOn: [] },
      phases: [],
      cooldownSeconds: 30,
    };

    expect(await read("")).toEqual(defaults);
    expect(await read("# nothing yet\n")).toEqual(defaults);
  });

  it("is the one that comes with the repository, and that one only says the defaults", () => {
    expect(readSettings("config/nextrust.yml")).toEqual({ settings: Settings.parse({}) });
  });

  it("binds channels, links people and lets others be heard", async () => {
    const settings = await read(`
      channels: [{ id: C0123456789, repositories: [nextrust/nextrust, a.b/c_d-e] }]
      links: [{ slack: U0123456789, github: { id: 583231, login: octocat } }]
      allow: { githubBots: [41898282] }
    `);

    expect(settings).toMatchObject({
      channels: [{ id: "C0123456789", repositories: ["nextrust/nextrust", "a.b/c_d-e"] }],
      links: [{ slack: "U0123456789", github: { id: 583_231, login: "octocat" } }],
      allow: { githubBots: [41_898_282], slackUsers: [] },
    });
  });

  it("describes phases, whose deliverables are paths, checks and workflows", async () => {
    const settings = await read(`
      phases:
        - repository: nextrust/nextrust
          branch: main
          phases:
            - id: phase-1
              name: Environment Setup
              deliverables:
                - path: ci/docker/
                - check: build (m68030)
                - workflow: ci.yml
            - { id: phase-2, name: LLVM Backend Modifications }
    `);

    const deliverables = [{ path: "ci/docker/" }, { check: "build (m68030)" }, { workflow: "ci.yml" }];
    expect(settings.phases[0]?.phases).toEqual([
      { id: "phase-1", name: "Environment Setup", deliverables },
      { id: "phase-2", name: "LLVM Backend Modifications", deliverables: [] },
    ]);
  });

  it.each([
    ["prefx: ci", 'FILE:1:1: the file: Unrecognized key: "prefx"'],
    ["prefix: ci\n\nallow:\n  slackUser: []", 'FILE:4:3: allow: Unrecognized key: "slackUser"'],
    ["links: [{ slack: U0123456789, github: { id: 1, login: a, email: b } }]", 'FILE:1:58: links.0.github: Unrecognized key: "email"'],
    ["prefix: CI", "FILE:1:9: prefix: is not a lower-case word of at most 20 letters and digits"],
    ["prefix: 12", 'FILE:1:9: prefix: must be text: write it in quotes, as in "1.10"'],
    ["channels: [{ id: general, repositories: [a/b] }]", "FILE:1:18: channels.0.id: is not the id of a Slack channel"],
    [
      "discussions:\n  - { repository: a/b, category: ci }\n  - { repository: A/b, category: general }",
      "FILE:3:19: discussions.1.repository: A/b has a category already",
    ],
    ["channels: [{ id: C0123456789, repositories: [a/b.git] }]", "FILE:1:46: channels.0.repositories.0: is not of the form owner/name"],
    ["channels: [{ id: C0123456789, repositories: [../b] }]", "FILE:1:46: channels.0.repositories.0: is not of the form owner/name"],
    ["channels: [{ id: C0123456789, repositories: [nextrust] }]", "FILE:1:46: channels.0.repositories.0: is not of the form owner/name"],
    ["channels:\n  - id: C0123456789", "FILE:2:5: channels.0.repositories: is missing"],
    ["links: [{ slack: ada, github: { id: 1, login: ada } }]", "FILE:1:18: links.0.slack: is not the id of a Slack person"],
    ["links: [{ slack: U0123456789, github: { id: '1', login: ada } }]", "FILE:1:45: links.0.github.id: must be a number, without quotes"],
    ["cooldownSeconds: -1", "FILE:1:18: cooldownSeconds: must be at least 0"],
    ["prefix: ci\nlinks:", "FILE:2:1: links: is empty: write a value, or leave it out"],
    ["[1, 2]", "FILE:1:1: the file: must have keys of its own, each with a value"],
    ["just words", "FILE:1:1: the file: must have keys of its own, each with a value"],
    ["a: b: c", "FILE:1:4: Nested mappings are not allowed in compact mappings"],
    ["prefix: ci\nprefix: bot", "FILE:2:1: prefix stands here for the second time."],
    ["channels: [", expect.stringMatching(/^FILE:1:\d+: .+$/)],
    ["prefix: ci\nlinks: *nowhere", "FILE:2:8: There is no anchor &nowhere before this."],
  ])("%j is refused: %s", async (content, problem) => {
    expect(await problemsIn(content)).toEqual([problem]);
  });

  it.each([
    ["conclusions: [failed]", /^FILE:5:23: channels\.0\.notify\.0\.conclusions\.0: must be one of failure, recovered/],
    ["conclusion: [failure]", /^FILE:5:9: channels\.0\.notify\.0: Unrecognized key: "conclusion"$/],
    ["repositories: [a/b, c/d]", /^FILE:5:29: channels\.0\.notify\.0\.repositories\.1: names c\/d, which is not among/],
    ["branches: []", /^FILE:5:9: channels\.0\.notify\.0\.branches: must not be empty$/],
    ['branches: ["release/{1,2}"]', /^FILE:5:20: channels\.0\.notify\.0\.branches\.0: has one of/],
    ['paths: ["src/***"]', /^FILE:5:17: channels\.0\.notify\.0\.paths\.0: has three stars/],
    ['workflows: [" "]', /^FILE:5:21: channels\.0\.notify\.0\.workflows\.0: is empty$/],
    ["teams: [compiler]", /^FILE:5:17: channels\.0\.notify\.0\.teams\.0: is not of the form organisation\/team$/],
    ["events: [pul_request]", /^FILE:5:18: channels\.0\.notify\.0\.events\.0: is not the name of an event that starts runs/],
    ["branches: [main, 1.10]", /^FILE:5:26: channels\.0\.notify\.0\.branches\.1: must be text: write it in quotes/],
    ["workflows: CI", /^FILE:5:20: channels\.0\.notify\.0\.workflows: must be a list, as in \[one, two\]$/],
    ["bots: yes", /^FILE:5:15: channels\.0\.notify\.0\.bots: must be one of in, out$/],
    ["actors: { only: [a b] }", /^FILE:5:26: channels\.0\.notify\.0\.actors\.only\.0: is not a GitHub login$/],
  ])("names the line of a mistake in a rule: %s", async (rule, problem) => {
    const content = `channels:\n  - id: C0123456789\n    repositories: [a/b]\n    notify:\n      - ${rule}\n`;

    expect(await problemsIn(content)).toEqual([expect.stringMatching(problem)]);
  });

  it.each([
    ['from: "18:00", to: "18:00", zone: Europe/Berlin', /^FILE:3:39: channels\.0\.quietHours\.0\.to: is the same as from/],
    ['from: "00:00", to: "24:00", zone: UTC', /^FILE:3:5: channels\.0\.quietHours: leave no time/],
    ['from: "25:00", to: "18:00", zone: Europe/Berlin', /^FILE:3:26: channels\.0\.quietHours\.0\.from: is not a time/],
    ['from: "18:00", to: "08:00", zone: Europe/Atlantis', /^FILE:3:54: channels\.0\.quietHours\.0\.zone: is not an IANA time zone/],
    ['from: "18:00", to: "08:00", zone: "+02:00"', /^FILE:3:54: channels\.0\.quietHours\.0\.zone: is not an IANA time zone/],
    ['from: "18:00", to: "08:00", zone: UTC, days: [monday]', /^FILE:3:66: channels\.0\.quietHours\.0\.days\.0: must be one of mon/],
  ])("names the line of a mistake in quiet hours: %s", async (window, problem) => {
    const content = `channels:\n  - id: C0123456789\n    quietHours: [{ ${window} }]\n    repositories: [a/b]\n`;

    expect(await problemsIn(content)).toEqual([expect.stringMatching(problem)]);
  });

  it("refuses a channel that is listed twice", async () => {
    const content = "channels:\n  - { id: C1A, repositories: [a/b] }\n  - { id: C1A, repositories: [a/c] }\n";

    expect(await problemsIn(content)).toEqual([expect.stringMatching(/^FILE:3:11: channels\.1\.id: is listed before/)]);
  });

  it("remembers where each rule stands", async () => {
    const { channels } = await read("channels:\n  - id: C1A\n    repositories: [a/b]\n    notify:\n      - {}\n      - branches: [main]\n");

    expect(channels[0]?.notify?.map(({ at }) => at)).toEqual([`${file}:5`, `${file}:6`]);
  });

  it.each([
    ["phases: [{ repository: a/b, phases: [] }]", "FILE: phases.0.phases: must not be empty"],
    [
      "phases: [{ repository: a/b, phases: [{ id: Phase 1, name: x }] }]",
      "FILE: phases.0.phases.0.id: is not a lower-case word such as phase-1, of at most 40 letters, digits and hyphens",
    ],
    ["phases: [{ repository: a/b, phases: [{ id: p, name: x }, { id: p, name: y }] }]", "FILE: phases.0.phases: has two phases of one id"],
    [
      "phases: [{ repository: a/b, phases: [{ id: p, name: x }] }, { repository: A/B, phases: [{ id: p, name: x }] }]",
      "FILE: phases: names a repository twice",
    ],
    ...["{}", "{ path: a, check: b }"].map((deliverable) => [
      `phases: [{ repository: a/b, phases: [{ id: p, name: x, deliverables: [${deliverable}] }] }]`,
      "FILE: phases.0.phases.0.deliverables.0: names not exactly one of path, check and workflow",
    ]),
    ...["/etc/passwd", "../x", "a/../b", "./a", "a//b", "''"].map((path) => [
      `phases: [{ repository: a/b, phases: [{ id: p, name: x, deliverables: [{ path: ${path} }] }] }]`,
      "FILE: phases.0.phases.0.deliverables.0.path: is not a relative path such as ci/Dockerfile",
    ]),
    [
      "phases: [{ repository: a/b, phases: [{ id: p, name: x, deliverables: [{ workflow: .github/workflows/ci.yml }] }] }]",
      "FILE: phases.0.phases.0.deliverables.0.workflow: is not the name of a workflow's file such as ci.yml",
    ],
    ["links:", "FILE: links: is empty: write a value, or leave it out"],
    ["[1, 2]", "FILE: the file: must have keys of its own, each with a value"],
    ["just words", "FILE: the file: must have keys of its own, each with a value"],
  ])("%j is refused, wherever it stands: %s", async (content, problem) => {
    expect((await problemsIn(content)).map((said) => said.replace(/^FILE:\d+:\d+:/, "FILE:"))).toEqual([problem]);
  });

  it("has all its problems said at once", async () => {
    expect(await problemsIn("prefx: ci\nprefix: CI\ncooldownSeconds: soon")).toHaveLength(3);
  });

  it("must exist where it is named, and be a file", () => {
    expect(readSettings(join(folder, "none.yml"))).toEqual({ problems: [expect.stringMatching(/none\.yml cannot be read: ENOENT/)] });
    expect(readSettings(folder)).toEqual({ problems: [expect.stringMatching(/cannot be read: it is no file/)] });
  });

  it("mirrors a repository to one channel, which must speak of it", async () => {
    const channels = "channels:\n  - { id: C0000001, repositories: [acme/shop] }\n  - { id: C0000002, repositories: [acme/shop] }\n";
    const pair = (repository: string, channel: string) => `  - { repository: ${repository}, channel: ${channel} }\n`;

    expect((await read(`${channels}mirror:\n${pair("Acme/Shop", "C0000001")}`)).mirror).toHaveLength(1);
    expect(await problemsIn(`${channels}mirror:\n${pair("acme/other", "C0000001")}`)).toEqual([
      "FILE:5:40: mirror.0.channel: does not speak of acme/other: add that to channels",
    ]);
    expect(await problemsIn(`${channels}mirror:\n${pair("acme/shop", "C0000001")}${pair("acme/shop", "C0000002")}`)).toEqual([
      "FILE:6:19: mirror.1.repository: acme/shop has a channel already",
    ]);
  });

  const onCall = (source: string) => `onCall:\n  - { name: primary, fallback: U0000001, ${source} }\n`;
  const rotation = (given: string) =>
    onCall(`rotation: { zone: Europe/Berlin, starts: "2026-01-05", handover: "09:00", people: [U0000002], ${given} }`);

  it("plans who is on call: by turns, by a calendar or by a user group", async () => {
    const { onCall: byTurns } = await read(rotation('overrides: [{ from: "2026-12-24T18:00", to: "2026-12-25T09:00", person: U0000003 }]'));
    expect(byTurns[0]?.rotation).toMatchObject({ everyDays: 7, people: ["U0000002"], overrides: [{ person: "U0000003" }] });
    const people = '{ "Ana Lima": U0000002, "ana@example.org": U0000002 }';
    expect((await read(onCall(`calendar: { url: "https://calendar.example.org/on-call.ics", people: ${people} }`))).onCall).toHaveLength(1);
    expect((await read(onCall(`calendar: { url: "http://127.0.0.1:1/on-call.ics", people: ${people} }`))).onCall).toHaveLength(1);
    expect((await read(onCall("group: S0000001"))).onCall).toEqual([{ name: "primary", fallback: "U0000001", group: "S0000001" }]);
  });

  it.each([
    [
      rotation('overrides: [{ from: "2026-12-24T18:00", to: "2026-12-24T18:00", person: U1A }]'),
      "onCall.0.rotation.overrides.0.to: is not after from",
    ],
    [
      rotation('overrides: [{ from: "2026-12-24", to: "2026-12-25T09:00", person: U1A }]'),
      "onCall.0.rotation.overrides.0.from: is not a date and time, such as 2026-12-24T18:00",
    ],
    [rotation("everyDays: 0"), "onCall.0.rotation.everyDays: must be at least 1"],
    [
      onCall('rotation: { zone: "+02:00", starts: "2026-02-30", handover: "24:00", people: [ada] }'),
      "onCall.0.rotation.zone: is not an IANA time zone, such as Europe/Berlin",
      "onCall.0.rotation.starts: is not a date, such as 2026-01-05",
      "onCall.0.rotation.handover: is not a time of the day, such as 09:00",
      "onCall.0.rotation.people.0: is not the id of a Slack person",
    ],
    ...["http://calendar.example.org/a.ics", "file:///etc/passwd", "calendar"].map((url) => [
      onCall(`calendar: { url: "${url}", people: { Ana: U1A } }`),
      "onCall.0.calendar.url: is not an address that begins with https://",
    ]),
    [onCall('calendar: { url: "https://c.example.org/a.ics", people: {} }'), "onCall.0.calendar.people: must not be empty"],
    [onCall("group: C0000001"), "onCall.0.group: is not the id of a Slack user group"],
    ["onCall: [{ name: primary, fallback: U0000001 }]", "onCall.0: names not exactly one of rotation, calendar and group"],
    [
      onCall('group: S0000001, calendar: { url: "https://c.example.org", people: { Ana: U1A } }'),
      "onCall.0: names not exactly one of rotation, calendar and group",
    ],
    ["onCall: [{ name: primary, group: S0000001 }]", "onCall.0.fallback: is missing"],
    [`${onCall("group: S0000001")}  - { name: primary, fallback: U0000001, group: S0000002 }`, "onCall.1.name: primary is there already"],
  ])("%j is no plan: %s", async (content, ...problems) => {
    expect((await problemsIn(content)).map((said) => said.replace(/^FILE:\d+:\d+: /, ""))).toEqual(problems);
  });
});
