import { toDuty } from "../../pipeline/on-call/duty.ts";
import type { OnCall } from "../../pipeline/on-call/on-call.ts";
import { rotationTimeline } from "../../pipeline/on-call/rotation.ts";
import type { Schedule } from "../../pipeline/on-call/schedule.ts";
import { calendarSource } from "./calendar-source.ts";
import { groupSource } from "./group-source.ts";
import type { Source, SourceNeeds } from "./source.ts";

/** The schedules of the settings, each read from its own source. */
export function createOnCall(schedules: readonly Schedule[], needs: SourceNeeds): OnCall {
  const known = new Map(schedules.map((schedule) => [schedule.name, { schedule, source: sourceOf(schedule, needs) }]));
  return {
    schedules: [...known.keys()],
    async at(name, moment) {
      const found = known.get(name);
      if (!found) throw new Error(`There is no on-call schedule ${name}.`);
      return toDuty(found.schedule, await found.source(moment), moment);
    },
  };
}

function sourceOf({ name, rotation, calendar, group }: Schedule, needs: SourceNeeds): Source {
  if (calendar) return calendarSource(name, calendar, needs);
  if (group !== undefined) return groupSource(name, group, needs);
  if (!rotation) throw new Error(`The on-call schedule ${name} has no source.`);
  const timeline = rotationTimeline(rotation);
  return async () => ({ timeline });
}
