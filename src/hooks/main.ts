import { type Answer, nothingToSay, toAnswer } from "./answer.ts";
import { createContext } from "./create-context.ts";
import { dispatch } from "./dispatch.ts";
import { type HookEvent, hookEvents, isHookEvent } from "./events.ts";
import { inOneLine } from "./in-one-line.ts";
import { table } from "./index.ts";
import { failureInWords } from "./log/failure-in-words.ts";
import { writeHookLog } from "./log/hook-log.ts";
import { readPayload } from "./payload.ts";
import { homeOf } from "./place/home.ts";
import { placeOf } from "./place/place.ts";
import { settingsOf } from "./settings.ts";
import { readInput, writeOutput } from "./standard-streams.ts";
import { stopsIn } from "./stops.ts";

/**
 * The composition root of `nextrust hook <event>`: reads what Claude Code writes to standard input, runs the event's modules and ends as they say.
 * Nothing else is ever written to standard output.
 */
export async function runHook(word: string): Promise<void> {
  if (!isHookEvent(word)) {
    process.stderr.write(`nextrust knows no event ${word}. It knows: ${Object.keys(hookEvents).join(", ")}\n`);
    process.exitCode = 1;
    return;
  }
  const { exitCode, stdout, stderr } = await answerTo(word).catch((error: unknown) =>
    unreadable(word, `of ${failureInWords(error).split("\n", 1)[0]}`),
  );
  process.exitCode = exitCode;
  writeOutput(2, stderr);
  writeOutput(1, stdout);
  // A module that was given up must not keep the process.
  setTimeout(() => process.exit(), lingersMs).unref();
}

const lingersMs = 1_000;

async function answerTo(event: HookEvent): Promise<Answer> {
  const begunAt = Date.now();
  const payload = readPayload(event, readInput());
  const { cwd } = "problem" in payload ? {} : payload;
  const place = placeOf(cwd ?? ownFolder() ?? process.env.CLAUDE_PROJECT_DIR ?? homeOf(process.env), process.env);
  const lines: object[] = [];
  const write = (outcome: object) =>
    writeHookLog(place.project, { event, ...outcome, ms: Date.now() - begunAt, ...(lines.length > 0 && { modules: lines }) }, begunAt);

  if ("problem" in payload) {
    write({ outcome: "unreadable", problem: payload.problem });
    return unreadable(event, payload.problem);
  }
  const settingsFile = process.env.NEXTRUST_CONFIG || undefined;
  const found = await settingsOf({ ...place, file: settingsFile });
  for (const problem of found.problems) lines.push({ problem });
  const context = createContext(payload.session_id, {
    ...found,
    place,
    stops: (known) => stopsIn(table, known),
    variables: process.env,
    note: (message, fields) => lines.push({ message, ...fields }),
  });
  const log = {
    ran: (module: string, said: string | undefined, tookMs: number) =>
      lines.push({ module, ms: Math.round(tookMs), ...(said && { said }) }),
    failed: (module: string, error: unknown) => lines.push({ module, failed: failureInWords(error) }),
  };
  try {
    const said = await dispatch(event, payload, { table, context, log });
    const answer = toAnswer(event, said);
    const tool = "tool_name" in payload ? { tool: inOneLine(payload.tool_name) } : {};
    write({
      ...(payload.session_id !== undefined && { session: inOneLine(payload.session_id) }),
      ...tool,
      outcome: answer.exitCode === 2 ? "stopped" : "passed",
    });
    return answer;
  } finally {
    context.close();
  }
}

/** What a guard cannot read it cannot let pass. */
function unreadable(event: HookEvent, problem: string): Answer {
  if (!hookEvents[event].isGuarded) return nothingToSay;
  return { exitCode: 2, stdout: "", stderr: `nextrust cannot read what it was told of this, because ${problem}, and so stops it.\n` };
}

/** Undefined where somebody has deleted it meanwhile. */
function ownFolder(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}
