import { resolve } from "node:path";
import { findGit } from "./git-head.ts";
import { realPathOf } from "./real-path.ts";

type Variables = Readonly<Record<string, string | undefined>>;

/** A link that a person has named is meant; one that a checkout brings is not. */
function dataDirOf(project: string, { NEXTRUST_DATA_DIR: named }: Variables): string {
  return named ? realPathOf(resolve(project, named)) : resolve(project, ".nextrust");
}

/** Where a hook works: the checkout that Claude Code was started in, or else the one around its folder. */
export function placeOf(cwd: string, variables: Variables): { project: string; cwd: string; dataDir: string } {
  const project = resolve(variables.CLAUDE_PROJECT_DIR || findGit(cwd)?.root || cwd);
  return { project, cwd: resolve(cwd), dataDir: dataDirOf(project, variables) };
}
