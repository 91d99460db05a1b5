// A guard: a command that a rule stops in the present phase must not run because the phase could not be read.
import type { PhaseRule } from "../../config/hooks/phase-alignment.ts";
import type { PhasePlan } from "../../pipeline/phases/phases.ts";
import { type PhaseHere, phaseHereInWords } from "../../pipeline/sessions/phase-log.ts";
import type { Context } from "../context.ts";
import { deny, type HookModule, tell } from "../module.ts";
import { phaseNow } from "../phase/phase-line.ts";
import { type ShellCommand, written } from "../shell/command.ts";
import { fitsAnyPattern, fitsProgram } from "../shell/fits-pattern.ts";
import { mayHold } from "../shell/may-hold.ts";

const longestShown = 80;

export const phaseAlignment: HookModule<"pre-tool-use"> = {
  name: "phase-alignment",
  summary: "Warns of commands that belong to another phase than the present one, or stops them, as rules in the settings say.",
  isGuard: true,
  tools: ["Bash"],

  stops(context) {
    const rules = context.settings.phaseAlignment.rules.filter(({ mode }) => mode === "block");
    const here = rules.length === 0 ? undefined : phaseNow(context);
    const stopped = here ? rules.filter((rule) => !isAllowed(rule, here, context.plan())).flatMap(({ commands }) => commands) : [];
    return stopped.length === 0 ? undefined : `${stopped.join(", ").slice(0, longestShown * 2)} in ${here?.id}`;
  },

  async run({ tool_input: { command } }, context) {
    const { rules } = context.settings.phaseAlignment;
    if (rules.length === 0 || typeof command !== "string" || !mayFit(command, rules)) return undefined;
    const { commands } = await context.commandsIn(command);
    const fitting = rules.flatMap((rule) => {
      const found = commands.find((one) => fitsAnyPattern(rule.commands, one));
      return found ? [{ rule, found }] : [];
    });
    if (fitting.length === 0) return undefined;
    const here = presentPhase(
      context,
      fitting.some(({ rule }) => rule.mode === "block"),
    );
    if (!here) return undefined;
    const plan = context.plan();
    const early = fitting.filter(({ rule }) => !isAllowed(rule, here, plan));
    const stopped = early.find(({ rule }) => rule.mode === "block");
    if (stopped) return deny(sentenceOf(stopped.rule, stopped.found, here));
    return early.length === 0 ? undefined : tell(early.map(({ rule, found }) => sentenceOf(rule, found, here)).join("\n"));
  },
};

/** Whether a text for a shell may run what a rule is about; no is sure. */
const mayFit = (text: string, rules: readonly PhaseRule[]): boolean =>
  mayHold(text, (word) => rules.some(({ commands }) => commands.some((pattern) => fitsProgram(pattern, word))));

/** Only what a rule may stop has to wait until the phase can be read. */
function presentPhase(context: Context, isNeeded: boolean): PhaseHere | undefined {
  try {
    return phaseNow(context);
  } catch (error) {
    if (isNeeded) throw error;
    context.note("the phase cannot be read");
    return undefined;
  }
}

function isAllowed({ phases, from }: PhaseRule, { id }: PhaseHere, plan: PhasePlan | undefined): boolean {
  if (phases) return phases.includes(id);
  if (from === undefined) return true;
  const [present, first] = [placeOf(id, plan), placeOf(from, plan)];
  // Where their order is not known nothing is early.
  return present === undefined || first === undefined || present >= first;
}

/** In the settings' order, or by the number in `phase-3`. */
function placeOf(id: string, plan: PhasePlan | undefined): number | undefined {
  if (plan) {
    const index = plan.phases.findIndex((phase) => phase.id === id);
    return index < 0 ? undefined : index;
  }
  const number = /^phase-(\d{1,6})$/.exec(id)?.[1];
  return number === undefined ? undefined : Number(number);
}

function sentenceOf({ phases, from, message }: PhaseRule, command: ShellCommand, here: PhaseHere): string {
  const where = phases ? `in ${phases.join(", ")} only` : `from ${from} on`;
  const what = `${written(command).slice(0, longestShown)} belongs to the work ${where}, and the project is in ${phaseHereInWords(here)}.`;
  return `${what} ${message ?? `Finish that phase first; a person moves on with: nextrust set-phase ${phases?.[0] ?? from}`}`;
}
