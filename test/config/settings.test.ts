import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readSettings, Settings } from "../../src/config/settings.ts";

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
      links: [],
      mirror: [],
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
    ["prefx: ci", 'FILE: the file: Unrecognized key: "prefx"'],
    ["allow: { slackUser: [] }", 'FILE: allow: Unrecognized key: "slackUser"'],
    ["links: [{ slack: U0123456789, github: { id: 1, login: a, email: b } }]", 'FILE: links.0.github: Unrecognized key: "email"'],
    ["prefix: CI", "FILE: prefix: is not a lower-case word of at most 20 letters and digits"],
    ["prefix: /ci", "FILE: prefix: is not a lower-case word of at most 20 letters and digits"],
    ["prefix: 12", "FILE: prefix: Invalid input: expected string, received number"],
    ["channels: [{ id: general, repositories: [a/b] }]", "FILE: channels.0.id: is not the id of a Slack channel"],
    ["channels: [{ id: C0123456789, repositories: [nextrust] }]", "FILE: channels.0.repositories.0: is not of the form owner/name"],
    ["links: [{ slack: ada, github: { id: 1, login: ada } }]", "FILE: links.0.slack: is not the id of a Slack person"],
    [
      "links: [{ slack: U0123456789, github: { id: '1', login: ada } }]",
      "FILE: links.0.github.id: Invalid input: expected number, received string",
    ],
    ["cooldownSeconds: -1", "FILE: cooldownSeconds: Too small: expected number to be >=0"],
    ["phases: [{ repository: a/b, phases: [] }]", "FILE: phases.0.phases: Too small: expected array to have >=1 items"],
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
    ["links:", "FILE: links: Invalid input: expected array, received null"],
    ["[1, 2]", "FILE: the file: Invalid input: expected object, received array"],
    ["just words", "FILE: the file: Invalid input: expected object, received string"],
  ])("%j is refused: %s", async (content, problem) => {
    expect(await problemsIn(content)).toEqual([problem]);
  });

  it("has all its problems said at once", async () => {
    expect(await problemsIn("prefx: ci\nprefix: CI\ncooldownSeconds: soon")).toHaveLength(3);
  });

  it.each([
    ["a: b: c", /^FILE cannot be read: Nested mappings are not allowed in compact mappings at line 1, column 4$/],
    ["prefix: ci\nprefix: bot", /^FILE cannot be read: Map keys must be unique at line 2, column 1$/],
    ["channels: [", /^FILE cannot be read: .+ at line 1, column \d+$/],
    ["a: *nowhere", /^FILE cannot be read: Unresolved alias .+ nowhere$/],
  ])("that is no YAML is refused in one line: %j", async (content, sentence) => {
    expect(await problemsIn(content)).toEqual([expect.stringMatching(sentence)]);
  });

  it("must exist where it is named, and be a file", () => {
    expect(readSettings(join(folder, "none.yml"))).toEqual({ problems: [expect.stringMatching(/none\.yml cannot be read: ENOENT/)] });
    expect(readSettings(folder)).toEqual({ problems: [expect.stringMatching(/cannot be read: EISDIR/)] });
  });

  it("mirrors a repository to one channel, which must speak of it", async () => {
    const channels = "channels:\n  - { id: C0000001, repositories: [acme/shop] }\n  - { id: C0000002, repositories: [acme/shop] }\n";
    const pair = (repository: string, channel: string) => `  - { repository: ${repository}, channel: ${channel} }\n`;

    expect((await read(`${channels}mirror:\n${pair("Acme/Shop", "C0000001")}`)).mirror).toHaveLength(1);
    expect(await problemsIn(`${channels}mirror:\n${pair("acme/other", "C0000001")}`)).toEqual([
      "FILE: mirror.0.channel: does not speak of acme/other: add that to channels",
    ]);
    expect(await problemsIn(`${channels}mirror:\n${pair("acme/shop", "C0000001")}${pair("acme/shop", "C0000002")}`)).toEqual([
      "FILE: mirror.1.repository: acme/shop has a channel already",
    ]);
  });
});
