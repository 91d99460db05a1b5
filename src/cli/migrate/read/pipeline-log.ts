import { createHash } from "node:crypto";
import type { PhaseEntered } from "../../../pipeline/sessions/phase-log.ts";
import type { Activity } from "../../../pipeline/sessions/status-log.ts";
import { longestActivity } from "../../../pipeline/sessions/status-log.ts";
import { fieldsOf } from "../../../pipeline/usage/import/fields.ts";
import { readEach, textAt, timeAt } from "./records.ts";

/** What `pipeline-log.json` holds. */
export interface PipelineLog {
  /** Oldest first. */
  readonly phases: readonly PhaseEntered[];
  /** The current one, where it is another than the last of these; where the file does not say since when, since the file was written. */
  readonly current?: PhaseEntered;
  readonly activities: readonly Activity[];
  readonly problems: readonly string[];
}

const phaseId = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/;
const startKeys = ["started_at", "timestamp", "at", "changed_at", "completed_at"];
const sayings = ["message", "activity", "description", "event", "action", "text"];
/** Who entered these phases. */
export const pipelineLog = "pipeline-log.json";

/**
 * @param now milliseconds since the epoch
 * @param writtenAt when the file was changed last: the current phase may have no time of its own
 */
export function readPipelineLog(content: unknown, now: number, writtenAt: number): PipelineLog {
  const log = fieldsOf(content);
  if (!log) return { phases: [], activities: [], problems: ["it is no object"] };
  const history = readEach(listAt(log.phase_history), (fields): PhaseEntered | string => {
    const id = textAt(fields, ["phase", "id", "phase_id", "to"], 40);
    const at = timeAt(fields, now, startKeys);
    if (id === undefined || !phaseId.test(id)) return "it names no phase such as phase-2";
    return at === undefined ? "its time cannot be read" : { id, at, by: pipelineLog };
  });
  const activities = readEach(listAt(log.activities), (fields): Activity | string => {
    const at = timeAt(fields, now);
    const said =
      textAt(fields, [...sayings, "details"], longestActivity) ??
      textAt(fieldsOf(fields.details) ?? {}, sayings, longestActivity) ??
      textAt(fields, ["type"], longestActivity);
    if (at === undefined) return "its time cannot be read";
    if (said === undefined) return "it says nothing";
    return { id: `reference:${createHash("sha256").update(`${at} ${said}`).digest("hex").slice(0, 32)}`, at, kind: "note", text: said };
  });
  const phases = history.read.toSorted((one, other) => one.at - other.at);
  const current = currentIn(log.current_phase, now);
  const isTold = current === undefined || phases.at(-1)?.id === current.id;
  return {
    phases,
    ...(!isTold && { current: { id: current.id, at: Math.max(current.at ?? writtenAt, (phases.at(-1)?.at ?? 0) + 1), by: pipelineLog } }),
    activities: activities.read,
    problems: [
      ...history.problems.map((problem) => `phase_history, ${problem}`),
      ...activities.problems.map((problem) => `activities, ${problem}`),
    ],
  };
}

const listAt = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Either its id, or all of the phase. */
function currentIn(value: unknown, now: number): { readonly id: string; readonly at: number | undefined } | undefined {
  const fields = typeof value === "string" ? { id: value } : (fieldsOf(value) ?? {});
  const id = textAt(fields, ["id", "phase", "phase_id"], 40);
  return id !== undefined && phaseId.test(id) ? { id, at: timeAt(fields, now, startKeys) } : undefined;
}
