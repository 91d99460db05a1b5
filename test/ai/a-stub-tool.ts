import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { onTestFinished } from "vitest";

export const captured = (name: string): string => readFileSync(join(import.meta.dirname, "captured", name), "utf8");

/** A program on a path of its own, that is this script of Node's. */
export interface StubTool {
  /** Where it is found first, and Node after it. */
  readonly path: string;
  /** A file beside it, for what it saw: its script knows it as `seen`. */
  saw(): string;
  readonly hasRun: boolean;
}

export function aStubTool(name: string, script: string): StubTool {
  const folder = mkdtempSync(join(tmpdir(), "nextrust-stub-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const seen = join(folder, "seen");
  const head = `#!${process.execPath}\nconst fs = require("node:fs"); const seen = ${JSON.stringify(seen)};\nfs.appendFileSync(seen, "");\n`;
  writeFileSync(join(folder, name), `${head}${script}\n`, { mode: 0o755 });
  return {
    path: [folder, dirname(process.execPath)].join(delimiter),
    saw: () => readFileSync(seen, "utf8"),
    get hasRun() {
      return existsSync(seen);
    },
  };
}

export interface Ending {
  readonly stdout?: string;
  readonly stderr?: string;
  readonly code?: number;
}

/** The script of one that reads its question, and ends so. */
export const ends = ({ stdout = "", stderr = "", code = 0 }: Ending): string =>
  `fs.readFileSync(0); process.stdout.write(${JSON.stringify(stdout)}); process.stderr.write(${JSON.stringify(stderr)}); process.exitCode = ${code};`;
