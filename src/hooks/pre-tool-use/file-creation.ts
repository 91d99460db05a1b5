// A guard: what the hooks and git keep for themselves stays theirs.
import { join } from "node:path";
import type { HookSettings } from "../../config/hooks.ts";
import { clipped } from "../../pipeline/logs/clipped.ts";
import { matchesAnyGlob } from "../../pipeline/policy/glob.ts";
import type { Context } from "../context.ts";
import { inOneLine } from "../in-one-line.ts";
import { deny, type HookModule, type SaidAt, tell } from "../module.ts";
import type { ToolPayload } from "../payload.ts";
import { type Grounds, groundOf, groundsOf, isOnGrounds, namedPath } from "../place/grounds.ts";
import { homeOf } from "../place/home.ts";
import { isThere, pathWithin, realPathOf } from "../place/real-path.ts";
import { filesRemovedBy, filesWrittenBy, mayWrite } from "../shell/files-written.ts";

type Rule = HookSettings["fileCreation"]["rules"][number];

const longestShown = 120;

/** What Claude Code's own tools keep beside its settings: plans, and what it is to remember. */
const ofClaude = ["agent-memory/**", "claude.md", "plans/**", "projects/*/memory/**"];

export const fileCreation: HookModule<"pre-tool-use"> = {
  name: "file-creation",
  summary: "Keeps files that are written within the checkout, out of what git and the hooks keep for themselves, and to your rules.",
  isGuard: true,
  tools: ["Bash", "Edit", "MultiEdit", "NotebookEdit", "Write"],
  stops({ settings }) {
    const paths = settings.fileCreation.rules.flatMap(({ mode, paths: named }) => (mode === "block" ? named : []));
    const ruled = paths.length === 0 ? "" : `, and against the project's rules ${clipped(paths.join(", "), longestShown)}`;
    return `writing files outside of this checkout or into what git and the hooks keep${ruled}`;
  },
  async run(payload, context) {
    const { files, removed } = await filesOf(payload, context);
    if (files.length + removed.length === 0) return undefined;
    for (const path of removed) if (isOfHooks(realPathOf(path), context)) return deny(leave(inOneLine(path)));
    const grounds = groundsOf(context);
    const warnings: SaidAt<"pre-tool-use">[] = [];
    for (const named of files) {
      const said = judge(named, payload.tool_name !== "Bash", grounds, context);
      if (said?.kind === "deny") return said;
      if (said) warnings.push(said);
    }
    return warnings[0];
  },
};

interface Touched {
  readonly files: readonly string[];
  readonly removed: readonly string[];
}

async function filesOf({ tool_name: tool, tool_input: input }: ToolPayload, context: Context): Promise<Touched> {
  if (tool === "Bash") {
    if (typeof input.command !== "string" || !mayWrite(input.command)) return { files: [], removed: [] };
    const { commands } = await context.commandsIn(input.command);
    return { files: [...new Set(commands.flatMap(filesWrittenBy))], removed: commands.flatMap(filesRemovedBy) };
  }
  const named = tool === "NotebookEdit" ? input.notebook_path : input.file_path;
  // Claude Code itself refuses a call that names none.
  return {
    files: typeof named === "string" && named.trim() !== "" ? [namedPath(named.trim(), context.place.cwd, context.variables)] : [],
    removed: [],
  };
}

const isOfHooks = (path: string, { place }: Pick<Context, "place">): boolean => pathWithin(realPathOf(place.dataDir), path) !== undefined;

const leave = (shown: string): string => `${shown} belongs to the hooks. Leave it to them: nextrust status shows what they know.`;

/** What a shell does elsewhere is not looked at here: `working-directory` does. */
function judge(
  named: string,
  isByTool: boolean,
  grounds: Grounds,
  { place, settings, variables }: Context,
): SaidAt<"pre-tool-use"> | undefined {
  const path = realPathOf(named);
  const shown = path === named ? inOneLine(named) : `${inOneLine(named)}, which is really ${inOneLine(path)},`;
  if (isOfHooks(path, { place })) return deny(leave(shown));

  const ground = groundOf(path, grounds);
  const { protect, rules } = settings.fileCreation;
  if (ground && matchesAnyGlob(protect.map(lower), lower(ground.within)))
    return deny(
      `${shown} is protected. Leave it to the program that keeps it, for .git to git's own commands. What is protected stands in hooks.fileCreation.protect of config/nextrust.yml.`,
    );
  if (isByTool && !isOnGrounds(path, grounds) && !isOfClaude(path, variables))
    return deny(
      `${shown} lies outside of ${grounds.project}. Write below that folder or below ${grounds.temporary[0]}; a person can name further folders in hooks.workingDirectory.roots of config/nextrust.yml.`,
    );
  const rule = ground?.folder === grounds.project ? rules.find((one) => appliesTo(one, ground.within, path)) : undefined;
  if (rule === undefined) return undefined;
  const text = `${inOneLine(ground?.within ?? named)}: ${rule.message}`;
  return rule.mode === "block" ? deny(text) : tell(text);
}

const lower = (text: string): string => text.toLowerCase();

const appliesTo = ({ paths, except, onlyNew }: Rule, within: string, path: string): boolean =>
  matchesAnyGlob(paths, within) && !matchesAnyGlob(except, within) && !(onlyNew && isThere(path));

function isOfClaude(path: string, variables: Context["variables"]): boolean {
  const folder = realPathOf(variables.CLAUDE_CONFIG_DIR || join(homeOf(variables), ".claude"));
  const within = pathWithin(folder, path);
  return within !== undefined && matchesAnyGlob(ofClaude, lower(within));
}
