// A guard: what the hooks and git keep for themselves stays theirs.
import { join } from "node:path";
import type { HookSettings } from "../../config/hooks.ts";
import { matchesAnyGlob } from "../../pipeline/policy/glob.ts";
import type { Context } from "../context.ts";
import { inOneLine } from "../in-one-line.ts";
import { deny, type HookModule, type Said, tell } from "../module.ts";
import type { ToolPayload } from "../payload.ts";
import { type Grounds, groundOf, groundsOf, isOnGrounds, namedPath } from "../place/grounds.ts";
import { homeOf } from "../place/home.ts";
import { isThere, pathWithin, realPathOf } from "../place/real-path.ts";
import { commandsIn } from "../shell/commands.ts";
import { filesWrittenBy } from "../shell/files-written.ts";
import { surroundingsOf } from "../shell/surroundings.ts";

type Rule = HookSettings["fileCreation"]["rules"][number];

/** What Claude Code's own tools keep beside its settings: plans, and what it is to remember. */
const ofClaude = ["agent-memory/**", "claude.md", "plans/**", "projects/*/memory/**"];

export const fileCreation: HookModule<"pre-tool-use"> = {
  name: "file-creation",
  summary: "Keeps files that are written within the checkout, out of what git and the hooks keep for themselves, and to your rules.",
  isGuard: true,
  tools: ["Bash", "Edit", "MultiEdit", "NotebookEdit", "Write"],
  async run(payload, context) {
    const files = await filesOf(payload, context);
    if (files.length === 0) return undefined;
    const grounds = groundsOf(context);
    const warnings: Said[] = [];
    for (const named of files) {
      const said = judge(named, payload.tool_name !== "Bash", grounds, context);
      if (said?.kind === "deny") return said;
      if (said) warnings.push(said);
    }
    return warnings[0];
  },
};

async function filesOf({ tool_name: tool, tool_input: input }: ToolPayload, context: Context): Promise<readonly string[]> {
  if (tool === "Bash") {
    if (typeof input.command !== "string") return [];
    const { commands } = await commandsIn(input.command, surroundingsOf(context));
    return [...new Set(commands.flatMap(filesWrittenBy))];
  }
  const named = tool === "NotebookEdit" ? input.notebook_path : input.file_path;
  // Claude Code itself refuses a call that names none.
  return typeof named === "string" && named.trim() !== "" ? [namedPath(named.trim(), context.place.cwd)] : [];
}

/** What a shell does elsewhere is not looked at here: `working-directory` does. */
function judge(named: string, isByTool: boolean, grounds: Grounds, { place, settings, variables }: Context): Said | undefined {
  const path = realPathOf(named);
  const shown = path === named ? inOneLine(named) : `${inOneLine(named)}, which is really ${inOneLine(path)},`;
  if (pathWithin(realPathOf(place.dataDir), path) !== undefined)
    return deny(`${shown} belongs to the hooks. Leave it to them: nextrust status shows what they know.`);

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
