import { resolve } from "node:path";
import { findGit } from "./git-head.ts";

type Variables = Readonly<Record<string, string | undefined>>;

/** Where a hook works: the checkout that Claude Code was started in, or else the one around its folder. */
export function placeOf(cwd: string, variables: Variables): { project: string; cwd: string; dataDir: string } {
  const project = resolve(variables.CLAUDE_PROJECT_DIR || findGit(cwd)?.root || cwd);
  return { project, cwd: resolve(cwd), dataDir: resolve(project, variables.NEXTRUST_DATA_DIR || ".nextrust") };
}
