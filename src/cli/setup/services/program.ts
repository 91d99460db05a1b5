import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import type { Present } from "../../../config/present.ts";

const run = promisify(execFile);
const timeoutMs = 5_000;
const endings = process.platform === "win32" ? [".exe", ".cmd", ""] : [""];

/** A program of the PATH that tells its version. */
export type Program = { readonly path: string } & ({ readonly version: string } | { readonly problem: string });

/** @param more folders that are looked into before those of the PATH */
export async function findProgram(name: string, variables: Present, more: readonly string[] = []): Promise<Program | undefined> {
  const folders = [...more, ...(variables.PATH ?? "").split(delimiter).filter((folder) => folder !== "")];
  for (const path of folders.flatMap((folder) => endings.map((ending) => join(folder, name + ending))))
    if (await isProgram(path)) return { path, ...(await versionOf(path, variables)) };
  return undefined;
}

const isProgram = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );

async function versionOf(path: string, variables: Present): Promise<{ version: string } | { problem: string }> {
  const isScript = path.endsWith(".cmd");
  try {
    const { stdout } = await run(isScript ? `"${path}"` : path, ["--version"], {
      timeout: timeoutMs,
      killSignal: "SIGKILL",
      env: variables as NodeJS.ProcessEnv,
      shell: isScript,
    });
    const version = /\d+\.\d+\.\d+/.exec(stdout)?.[0];
    return version === undefined ? { problem: "tells no version" } : { version };
  } catch (error) {
    const { killed, code } = error as { killed?: boolean; code?: unknown };
    return { problem: killed ? `did not answer within ${timeoutMs / 1000} seconds` : `ended with ${String(code ?? "a signal")}` };
  }
}

/** Whether a version is at least another one, both of three numbers. */
export function isAtLeast(version: string, least: string): boolean {
  const [numbers, others] = [version, least].map((each) => each.split(".").map(Number));
  const at = [0, 1, 2].find((index) => numbers?.[index] !== others?.[index]);
  return at === undefined || (numbers?.[at] ?? 0) > (others?.[at] ?? 0);
}
