import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { keepArtefact } from "../../../src/hooks/artefacts/keep-artefact.ts";
import { writeHookLog } from "../../../src/hooks/log/hook-log.ts";
import { keepOutput } from "../../../src/hooks/output/keep-output.ts";
import { settingsOf } from "../../../src/hooks/settings.ts";
import { archiveHookLogs } from "../../../src/machine/rotation/archive-hook-logs.ts";
import { writeStatusLog } from "../../../src/machine/status-log/write.ts";
import { openJournal } from "../../../src/state/sessions/open.ts";
import { aCheckout, type Checkout } from "../a-checkout.ts";
import { aContext } from "../a-context.ts";

const at = Date.UTC(2026, 10, 23);

describe("a checkout that brings links in place of what the hooks keep", () => {
  let checkout: Checkout;
  /** What is not ours, and has to stay as it is. */
  let elsewhere: string;

  beforeEach(() => {
    checkout = aCheckout();
    elsewhere = mkdtempSync(join(tmpdir(), "nextrust-elsewhere-"));
  });
  afterEach(() => {
    checkout[Symbol.dispose]();
    rmSync(elsewhere, { recursive: true, force: true });
  });

  const link = (path: string, target: string) => {
    checkout.write(join(path, "..", ".keep"), "");
    symlinkSync(target, join(checkout.path, path));
  };
  const note = (name: string) => {
    writeFileSync(join(elsewhere, name), "precious\n");
    return join(elsewhere, name);
  };

  it("has nobody's files deleted to make room for outputs of tools", () => {
    const precious = note("thesis.txt");
    link(".nextrust/artefacts/outputs", elsewhere);
    using context = aContext(checkout);

    expect(() => keepOutput("x".repeat(100), { session: "s", use: "t" }, 100, context)).toThrow(/link/);

    expect(readdirSync(elsewhere)).toEqual(["thesis.txt"]);
    expect(readFileSync(precious, "utf8")).toBe("precious\n");
  });

  it("has nobody's notes deleted to make room for artefacts", () => {
    for (const name of ["a.md", "b.md", "c.md"]) note(name);
    link(".nextrust/artefacts", elsewhere);
    using context = aContext(checkout);

    expect(() => keepArtefact({ kind: "test-report", markdown: "", content: {} }, "t", 1, context)).toThrow(/link/);

    expect(readdirSync(elsewhere)).toEqual(["a.md", "b.md", "c.md"]);
  });

  it("has no line appended to somebody's file for the hook log", () => {
    const precious = note("bashrc");
    link(".claude/hook-logs/2026-11-23.jsonl", precious);

    writeHookLog(checkout.path, { event: "stop" }, at);

    expect(readFileSync(precious, "utf8")).toBe("precious\n");
  });

  it("has no hook log written into, or moved out of, somebody's folder", () => {
    note("2020-01-01.jsonl");
    link(".claude/hook-logs", elsewhere);

    writeHookLog(checkout.path, { event: "stop" }, at);
    archiveHookLogs(join(checkout.path, ".claude/hook-logs"), at);

    expect(readdirSync(elsewhere)).toEqual(["2020-01-01.jsonl"]);
  });

  it("has no tables made in somebody's database", () => {
    const path = join(elsewhere, "cookies.db");
    new DatabaseSync(path).exec("CREATE TABLE cookies (x)");
    link(".nextrust/hooks.db", path);

    expect(() => openJournal(join(checkout.path, ".nextrust/hooks.db"))).toThrow(/hooks\.db cannot be used: .* is a link/);

    expect(new DatabaseSync(path).prepare("SELECT name FROM sqlite_schema").all()).toMatchObject([{ name: "cookies" }]);
  });

  it("has no state kept in somebody's folder", async () => {
    link(".nextrust", elsewhere);

    const dataDir = join(checkout.path, ".nextrust");
    await settingsOf({ project: checkout.path, dataDir, file: undefined });

    expect(() => openJournal(join(dataDir, "hooks.db"))).toThrow(/link/);
    expect(readdirSync(elsewhere)).toEqual([]);
  });

  it("has no status log written over somebody's file", () => {
    const precious = note("profile");
    link("docs/ci-status/pipeline-log.md", precious);
    using context = aContext(checkout, { settings: { statusLog: { folder: "docs/ci-status" } } });
    context.journal().phases.enter({ id: "phase-1", at, by: "ada" });

    expect(() => writeStatusLog(join(checkout.path, "docs/ci-status"), context.journal(), undefined)).toThrow(/link/);

    expect(readFileSync(precious, "utf8")).toBe("precious\n");
  });

  it("has its settings read anew rather than from a device", async () => {
    link(".nextrust/hook-settings.json", "/dev/zero");

    const found = await settingsOf({ project: checkout.path, dataDir: join(checkout.path, ".nextrust"), file: undefined });

    expect(found.problems).toEqual([]);
  });

  it.each(["/dev/zero", "nextrust.yml"])("has the usual settings where its own file leads to %s", async (target) => {
    link("config/nextrust.yml", target);

    const found = await settingsOf({ project: checkout.path, dataDir: join(checkout.path, ".nextrust"), file: undefined });

    expect(found.problems).toEqual([expect.stringContaining("nextrust.yml")]);
    expect(found.settings.off).toEqual([]);
  });

  it("has its state where NEXTRUST_DATA_DIR says, link or not: that a person has said", () => {
    mkdirSync(join(elsewhere, "state"));
    link("mine", join(elsewhere, "state"));
    using context = aContext(checkout, { variables: { NEXTRUST_DATA_DIR: "mine" } });

    context.journal().once.take("x", 1, at);

    expect(existsSync(join(elsewhere, "state", "hooks.db"))).toBe(true);
  });
});
