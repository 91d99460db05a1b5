import type { DeadLetters, Queue } from "../../pipeline/queue.ts";
import type { Alarm } from "./alarm.ts";
import type { GroupCommit } from "./group-commit.ts";
import type { Intake } from "./intake.ts";
import type { JobTable } from "./job-table.ts";

export function embeddedQueue(jobs: JobTable, group: GroupCommit, alarm: Alarm, intake: Intake): Queue {
  return {
    async add(job) {
      group.assertInside();
      const added = jobs.add(job);
      if (added === "known") return added;
      group.afterCommit(alarm.ring);
      intake.added();
      return added;
    },
  };
}

export function embeddedDeadLetters(jobs: JobTable, group: GroupCommit, alarm: Alarm): DeadLetters {
  return {
    list: (limit) => group.read(() => jobs.deadLetters(limit)),
    retry: (id) =>
      group.write(() => {
        group.afterCommit(alarm.ring);
        return jobs.revive(id);
      }),
  };
}
