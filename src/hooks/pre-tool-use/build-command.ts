import { sep } from "node:path";
import type { HookSettings } from "../../config/hooks.ts";
import { clipped } from "../../pipeline/logs/clipped.ts";
import { matchesAnyGlob, matchesGlob } from "../../pipeline/policy/glob.ts";
import type { Context } from "../context.ts";
import { deny, type HookModule, tell } from "../module.ts";
import { pathWithin } from "../place/real-path.ts";
import type { ShellCommand } from "../shell/command.ts";
import { mayHold } from "../shell/may-hold.ts";
import { spellingsOf } from "../shell/spellings.ts";

type Rule = HookSettings["buildCommand"]["rules"][number];

const longestShown = 120;

export const buildCommand: HookModule<"pre-tool-use"> = {
  name: "build-command",
  summary: "Holds commands that build to the rules of your settings: which options they need, and which they must not have.",
  tools: ["Bash"],
  stops({ settings }) {
    const names = settings.buildCommand.rules.flatMap(({ mode, name, program }) => (mode === "block" ? [`${program} (${name})`] : []));
    return names.length === 0 ? undefined : `builds against the project's rules for ${clipped(names.join(", "), longestShown)}`;
  },
  async run({ tool_input: { command: text } }, context) {
    const { rules } = context.settings.buildCommand;
    if (rules.length === 0 || typeof text !== "string") return undefined;
    if (!mayHold(text, (word) => rules.some(({ program }) => matchesGlob(program, word)))) return undefined;
    const { commands } = await context.commandsIn(text);
    const broken = commands.flatMap((command) => rules.flatMap((rule) => complaintOf(rule, command, text, context) ?? []));
    if (broken.length === 0) return undefined;
    const complaints = [...new Set(broken.map(({ complaint }) => complaint))].join("\n");
    return broken.some(({ rule }) => rule.mode === "block") ? deny(complaints) : tell(complaints);
  },
};

function complaintOf(rule: Rule, command: ShellCommand, text: string, context: Context) {
  if (command.program === undefined || !matchesGlob(rule.program, command.program)) return undefined;
  const words = spellingsOf(command.words);
  const holds = (pattern: string) => words.some((word) => matchesGlob(pattern, word));
  const isMeant = rule.when.every(holds) && !rule.unless.some(holds) && isIn(rule.folders, command.folder, context);
  if (!isMeant) return undefined;
  const wrong = [
    ...rule.requires.filter((pattern) => !holds(pattern)).map((pattern) => `${pattern} is missing`),
    ...rule.forbids.filter(holds).map((pattern) => `${pattern} must not be there`),
    ...rule.env.filter((name) => !isSet(name, text, context)).map((name) => `the variable ${name} is not set`),
  ];
  return wrong.length === 0 ? undefined : { rule, complaint: `${rule.name}: ${wrong.join(", ")}. ${rule.message}` };
}

function isIn(folders: readonly string[], folder: string | undefined, { place }: Context): boolean {
  if (folders.length === 0) return true;
  if (folder === undefined) return false;
  const within = pathWithin(place.project, folder);
  return matchesAnyGlob(folders, within ?? folder.split(sep).join("/"));
}

/** What the text itself sets counts, wherever it does. */
const isSet = (name: string, text: string, { variables }: Context): boolean =>
  Boolean(variables[name]) || new RegExp(`(?:^|[\\s;&|(])${name}=`).test(text);
