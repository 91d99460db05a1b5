import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
const script = join(root, "scripts/docs.ts");

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "nextrust-"));
  for (const part of ["README.md", "manifest.yml", "docs", "config"]) cpSync(join(root, part), join(folder, part), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

function docs(...args: string[]): string {
  const { status, stderr } = spawnSync(process.execPath, [script, ...args], { cwd: folder, encoding: "utf8" });
  return `${status} ${stderr}`;
}

function change(name: string, from: string, to: string): void {
  const before = readFileSync(join(folder, name), "utf8");
  expect(before).toContain(from);
  writeFileSync(join(folder, name), before.replace(from, to));
}

describe("npm run docs", () => {
  it("finds what is out of date, and brings it up to date", () => {
    const asCommitted = docs("--check");
    change("README.md", "| `whoami` |", "| `whoareyou` |");
    change("docs/configuration.md", "| `PORT` |", "| `PROT` |");
    change("manifest.yml", "help [command]", "help");
    const checked = docs("--check");
    const written = docs();
    const writtenAgain = docs("--check");

    expect([asCommitted, written, writtenAgain]).toEqual(["0 ", "0 ", "0 "]);
    expect(checked).toBe("1 Out of date: README.md, docs/configuration.md, manifest.yml. Run: npm run docs\n");
    for (const name of ["README.md", "docs/configuration.md", "manifest.yml"])
      expect(readFileSync(join(folder, name), "utf8")).toBe(readFileSync(join(root, name), "utf8"));
  });

  it("says where the place for a table is missing", () => {
    change("docs/github-app.md", "<!-- /events -->", "");

    expect(docs()).toContain("docs/github-app.md has no place for events");
  });
});
