import type { Context } from "../context.ts";
import type { Surroundings } from "./scope.ts";

/** Variables of which a shell of Claude Code has the same as its hooks. */
const same = ["HOME", "TMPDIR", "CLAUDE_PROJECT_DIR", "GITHUB_WORKSPACE", "RUNNER_TEMP"];

/** What is known of the shell in which Claude Code runs its commands. */
export const surroundingsOf = ({ place, variables }: Pick<Context, "place" | "variables">): Surroundings => ({
  folder: place.cwd,
  variables: {
    CLAUDE_PROJECT_DIR: place.project,
    ...Object.fromEntries(same.flatMap((name) => (variables[name] ? [[name, variables[name]]] : []))),
  },
});
