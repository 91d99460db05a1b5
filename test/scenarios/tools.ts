import { chmodSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";

/** Programs on a path of their own, that are put there, changed and taken away while the bot runs. */
export interface Tools {
  readonly path: string;
  /** Where the program is, or would be. */
  file(name: string): string;
  /** @param script as of `aStubTool`; asked for its version it tells one, unless `version` is another script */
  put(name: string, script: string, version?: string): void;
  remove(name: string): void;
  /** What it was asked since it was first put there, its version apart, in order. */
  runs(name: string): readonly ToolCall[];
  /** The process that tells the version now, or told it last. */
  looked(name: string): number | undefined;
  close(): void;
}

interface ToolCall {
  readonly pid: number;
  readonly args: readonly string[];
  /** The names of its variables. */
  readonly variables: readonly string[];
}

export function putTools(): Tools {
  const folder = mkdtempSync(join(tmpdir(), "nextrust-tools-"));
  const runsOf = (name: string) => `${join(folder, name)}.runs`;
  const looksOf = (name: string) => `${join(folder, name)}.looks`;
  return {
    path: [folder, dirname(process.execPath)].join(delimiter),
    file: (name) => join(folder, name),
    put(name, script, version = 'console.log("1.2.3")') {
      const head = `#!${process.execPath}\nconst fs = require("node:fs"); const { pid, argv, env } = process;`;
      const run = { args: "argv.slice(2)", variables: "Object.keys(env)" };
      const text = `${head}
if (argv[2] === "--version") {
  fs.writeFileSync(${JSON.stringify(looksOf(name))}, String(pid));
  ${version}
} else {
  fs.appendFileSync(${JSON.stringify(runsOf(name))}, JSON.stringify({ pid, args: ${run.args}, variables: ${run.variables} }) + "\\n");
  ${script}
}
`;
      // At once, so that nobody runs the half of it.
      const draft = join(folder, "draft");
      writeFileSync(draft, text);
      chmodSync(draft, 0o755);
      renameSync(draft, join(folder, name));
    },
    remove: (name) => rmSync(join(folder, name), { force: true }),
    runs: (name) => linesOf(runsOf(name)).map((line) => JSON.parse(line)),
    looked: (name) => linesOf(looksOf(name)).map(Number)[0],
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const linesOf = (file: string): readonly string[] => (existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : []);

/** Whether a process still runs. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
