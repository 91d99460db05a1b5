import { clipped } from "../../pipeline/logs/clipped.ts";
import { momentInWords } from "../../pipeline/moment-in-words.ts";
import { shortSha } from "../../pipeline/next-step.ts";
import { repeatedFailures } from "../../pipeline/sessions/command-failures.ts";
import { isResting } from "../../pipeline/sessions/drain.ts";
import { inWords, isSpent, warning } from "../budget/warning.ts";
import type { Context } from "../context.ts";
import { type HookModule, tell } from "../module.ts";
import { phaseNow, phaseWithMissing } from "../phase/phase-line.ts";

const longest = 1_200;
const longestSection = 500;
const fewActivities = 3;
const askWithinMs = 1_000;
const longestActivity = 120;
const newestFailures = 100;
const fewFailures = 2;
const longestCommand = 80;
const longestError = 80;

/** What the model is told, in the order of what matters; each says nothing where there is nothing to say. */
const sections: readonly ((context: Context) => string | undefined | Promise<string | undefined>)[] = [
  problemsOf,
  phaseOf,
  budgetsOf,
  stopsOf,
  failuresOf,
  activitiesOf,
];

export const sessionContext: HookModule<"session-start"> = {
  name: "session-context",
  summary:
    "Tells the model in a few lines where the project is, what failed and happened last, what hooks will stop, and what is wrong with the settings.",

  async run(_, context) {
    const lines: string[] = [];
    for (const section of sections) {
      try {
        const line = await section(context);
        if (line !== undefined) lines.push(clipped(line, longestSection));
      } catch (error) {
        context.note("a part of the session's context is missing", { why: error instanceof Error ? error.message : String(error) });
      }
    }
    const text = lines.reduce((all, line) => (all.length + line.length < longest ? `${all}\n${line}` : all), "").trim();
    return text === "" ? undefined : tell(text);
  },
};

/** Whoever wrote the file does not see the log. */
function problemsOf({ problems }: Context): string | undefined {
  if (problems.length === 0) return undefined;
  return `Tell the person first: there is a mistake in the settings of nextrust, so its hooks go by the usual ones. ${problems.join(" ")}`;
}

function phaseOf(context: Context): string | undefined {
  const here = phaseNow(context);
  return here && phaseWithMissing(here, context.place.project);
}

async function budgetsOf(context: Context): Promise<string | undefined> {
  const { session } = context.origin();
  if (session === undefined || context.settings.off.includes("budget") || isResting(context.journal(), context.now())) return undefined;
  const { refreshStandings } = await import("../budget/refresh.ts");
  const reached = (await refreshStandings(context, askWithinMs))?.reached ?? [];
  const spent = reached.filter(isSpent);
  if (spent.length > 0) return `The budget is spent, and every tool is stopped: ${spent.map(inWords).join("; ")}.`;
  return warning(reached, session, context);
}

function stopsOf(context: Context): string | undefined {
  const stops = context.stops();
  return stops.length === 0 ? undefined : `Hooks stop these, so do not try: ${stops.join("; ")}.`;
}

/** Somebody who begins anew would try the same again. */
function failuresOf(context: Context): string | undefined {
  const commit = context.head()?.sha ?? "";
  const shown = repeatedFailures(context.journal().failures.newest(newestFailures), commit).slice(0, fewFailures);
  if (shown.length === 0) return undefined;
  const inWords = shown.map(({ command, failures, errors, knownIssue, commit: at }) => {
    const where = at === commit ? "at this commit" : `at ${at === "" ? "no commit" : shortSha(at)}`;
    const why = knownIssue === undefined ? (errors.at(-1) ?? "") : `known issue ${knownIssue}`;
    return `${clipped(command, longestCommand)} failed ${failures} times ${where}${why === "" ? "" : ` (${clipped(why, longestError)})`}`;
  });
  return `Fails again and again: ${inWords.join("; ")}. Do not just repeat it.`;
}

function activitiesOf(context: Context): string | undefined {
  const latest = context.journal().statusLog.latest(fewActivities);
  if (latest.length === 0) return undefined;
  return `Last: ${latest.map(({ at, kind, text }) => `${momentInWords(at)} ${kind} ${clipped(text, longestActivity)}`).join("; ")}`;
}
