import { execFile, spawnSync } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { constants, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { aCheckout } from "../hooks/a-checkout.ts";
import { run, start, temporaryFolder } from "./nextrust.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const execute = promisify(execFile);

/** The PATH without what npm puts in front of it: the machine's own Node comes first then, which may be older than ours. */
const ownPath = (process.env.PATH ?? "")
  .split(delimiter)
  .filter((folder) => !folder.includes("node_modules"))
  .join(delimiter);

/** Runs npm as somebody does who has only the machine's own Node. */
async function npm(args: readonly string[], cwd: string): Promise<string> {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(npm_(?!config_)|npm_config_local_prefix$|NODE_(ENV|OPTIONS|PATH)$)/i.test(name)),
  );
  const { stdout } = await execute("npm", [...args], { cwd, env: { ...env, PATH: ownPath }, maxBuffer: 64 * 1024 * 1024 });
  return stdout;
}

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly files: readonly { readonly path: string; readonly mode: number }[];
}

let folder: string;
let packed: Packed;
let command: readonly [string, ...string[]];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "nextrust-"));
  const user = join(folder, "user");
  await mkdir(user);
  // Packing must not rebuild dist/ under the feet of other tests, so it packs a copy, bundled there.
  const copy = join(folder, "copy");
  await mkdir(copy);
  for (const name of ["bin", "config", "manifest.yml", "src", "test", "scripts", "docs", "package.json", "README.md", "LICENSE"])
    await cp(join(root, name), join(copy, name), { recursive: true }).catch(() => {});
  await symlink(join(root, "node_modules"), join(copy, "node_modules"));
  await execute(process.execPath, [join(root, "scripts", "bundle.js")], { cwd: copy });
  const listed = JSON.parse(await npm(["pack", "--json", "--ignore-scripts", "--pack-destination", folder], copy)) as Packed[];
  packed = listed[0] as Packed;
  // Globally, as people install a program, but in a place of our own.
  await npm(["install", "--global", "--prefix", user, "--prefer-offline", "--no-audit", "--no-fund", join(folder, packed.filename)], user);
  command = [process.platform === "win32" ? join(user, "nextrust.cmd") : join(user, "bin", "nextrust")];
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const variables = { PATH: ownPath };

describe("the package", () => {
  it("holds the bundle, the launcher and what a team edits", () => {
    const paths = packed.files.map(({ path }) => path);

    expect(paths).toEqual(
      expect.arrayContaining([
        "LICENSE",
        "README.md",
        "bin/nextrust.js",
        "config/known-issues.json",
        "config/known-issues.schema.json",
        "config/model-pricing.json",
        "config/model-pricing.schema.json",
        "config/nextrust.yml",
        "dist/calendar-worker.js",
        "dist/main.js",
        "dist/page/index.html",
        "manifest.yml",
        "package.json",
      ]),
    );
  });

  it("holds neither tests nor sources nor anything else", () => {
    const folders = new Set(packed.files.map(({ path }) => (path.includes("/") ? path.split("/")[0] : path)));

    expect([...folders].toSorted()).toEqual(["LICENSE", "README.md", "bin", "config", "dist", "manifest.yml", "package.json"]);
    expect(packed.files.filter(({ path }) => /\.ts$|\.map$|\.test\./.test(path))).toEqual([]);
    expect(packed.size).toBeLessThan(1_000_000);
  });

  it("tells its version on Node 26, whatever Node the machine has", async () => {
    const { code, stdout, stderr } = await run(["version"], { command, variables });

    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(new RegExp(`^nextrust ${manifest.version.replaceAll(".", "\\.")} \\(Node 2[6-9]\\.`));
  });

  it("knows the issues that come with it", async () => {
    const { code, stdout } = await run(["known-issue", "list", "--json"], { command, variables });

    expect(code).toBe(0);
    expect(JSON.parse(stdout).map(({ id }: { id: string }) => id)).toContain("sigill-cpu-variant");
  });

  it("starts the sandbox in an empty folder, serves its page, and ends on SIGTERM with nothing left", async () => {
    const bot = await start({ command, variables });
    const page = await fetch(`${bot.url}/`);
    const html = await page.text();
    const [, script = ""] = /src="([^"]+)"/.exec(html) ?? [];

    expect(page.status).toBe(200);
    expect((await fetch(new URL(script, bot.url))).status).toBe(200);
    const { code, stderr } = await bot.stop("SIGTERM");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    await expect(fetch(bot.url)).rejects.toThrow("fetch failed");
  });

  it("runs a hook by the words that setup wrote, whatever Node the machine has", async () => {
    using checkout = aCheckout({ "README.md": "# A checkout\n" });
    const here = { HOME: join(folder, "home"), PATH: ownPath };
    const setUp = await run(["setup", "--yes", "--offline", "--shared"], { command, variables: here, folder: checkout.path });
    const { hooks } = JSON.parse(await readFile(join(checkout.path, ".claude", "settings.json"), "utf8"));
    const payload = { session_id: "s-1", cwd: checkout.path, tool_name: "Bash", tool_input: { command: "git push --force origin main" } };

    const { status, stdout, stderr } = spawnSync(hooks.PreToolUse[0].hooks[0].command, {
      ...{ shell: "/bin/sh", cwd: checkout.path, encoding: "utf8", input: JSON.stringify(payload) },
      env: { HOME: here.HOME, PATH: "/nowhere" },
    });

    expect(setUp.stderr).toBe("");
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/^destructive-command: git push --force origin main would /);
  });

  it("passes on that it could not start", async () => {
    const { code, stderr } = await run(["start"], { command, variables: { ...variables, NODE_ENV: "production" } });

    expect(code).toBe(1);
    expect(stderr).toMatch(/^nextrust cannot start:\n- SLACK_BOT_TOKEN is missing/);
  });
});

interface Surroundings {
  /** What stands where the bundle would. */
  readonly bundle?: string;
  readonly hasNode: boolean;
}

/** The launcher alone in a folder, on a Node that says that it is old. */
async function aLauncher({ bundle, hasNode }: Surroundings): Promise<readonly [string, ...string[]]> {
  const place = await temporaryFolder();
  await cp(join(root, "bin"), join(place, "bin"), { recursive: true });
  await writeFile(join(place, "package.json"), '{"type":"module"}');
  await writeFile(join(place, "old.mjs"), 'Object.defineProperty(process.versions, "node", { value: "22.1.0" });');
  if (bundle !== undefined) {
    await mkdir(join(place, "dist"));
    await writeFile(join(place, "dist", "main.js"), bundle);
  }
  if (hasNode) {
    const node = join(place, "node_modules", `node-${process.platform}-${process.arch}`);
    await mkdir(node, { recursive: true });
    await writeFile(join(node, "package.json"), '{"bin":{"node":"node"}}');
    await symlink(process.execPath, join(node, "node"));
  }
  return [process.execPath, "--import", join(place, "old.mjs"), join(place, "bin", "nextrust.js")];
}

describe("the launcher on an older Node", () => {
  it("names the fix when the Node from npm was left out", async () => {
    const command = await aLauncher({ bundle: "", hasNode: false });

    expect(await run(["version"], { command })).toMatchObject({
      code: 1,
      stdout: "",
      stderr:
        "nextrust needs Node 26; this is Node 22.1.0, and the one from npm was left out. Install it: npm install --include=optional\n",
    });
  });

  it("names the fix when the bundle is missing", async () => {
    const command = await aLauncher({ hasNode: true });

    expect(await run(["version"], { command })).toMatchObject({
      code: 1,
      stdout: "",
      stderr: "nextrust was installed without its bundle. Run: npm run prepare\n",
    });
  });

  it("hands over arguments, output and exit code", async () => {
    const bundle = "console.log(JSON.stringify(process.argv.slice(2))); console.error('told'); process.exitCode = 42;";
    const command = await aLauncher({ bundle, hasNode: true });

    const ended = await run(["status", "owner/repo#1", "two words", "--flag"], { command });

    expect(ended).toMatchObject({ code: 42, stdout: '["status","owner/repo#1","two words","--flag"]\n', stderr: "told\n" });
  });

  it.each(["SIGTERM", "SIGINT", "SIGHUP"] as const)("passes %s on, and waits for how it ends", async (signal) => {
    const bundle = `
      process.on("${signal}", () => setTimeout(() => { console.log("tidied up"); process.exit(7); }, 200));
      setInterval(() => {}, 1000);
      console.log("http://ready");`;
    const command = await aLauncher({ bundle, hasNode: true });
    const bot = await start({ command });

    expect(await bot.stop(signal)).toMatchObject({ code: 7, stdout: "http://ready\ntidied up\n" });
  });

  it("says by its exit code by which signal the bot was ended", async () => {
    const command = await aLauncher({ bundle: "process.kill(process.pid, 'SIGKILL'); setInterval(() => {}, 1000);", hasNode: true });

    expect((await run(["start"], { command })).code).toBe(128 + constants.signals.SIGKILL);
  });
});
