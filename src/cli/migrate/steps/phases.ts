import { join } from "node:path";
import { mask } from "../../../pipeline/logs/mask.ts";
import type { Journal } from "../../../pipeline/sessions/journal.ts";
import { readJsonFile } from "../read/json-file.ts";
import { pipelineLog, readPipelineLog } from "../read/pipeline-log.ts";
import type { Checkout, Step } from "../step.ts";

const from = "docs/ci-status/pipeline-log.json";
const everything = 1_000_000;

/** Phases and activities, into the status log. */
export function phaseSteps({ project, now, secrets }: Checkout, journal: Journal): readonly Step[] {
  const file = readJsonFile(join(project, from));
  if (!file) return [];
  if ("problem" in file) return [{ what: "phases", from, to: "", found: 0, fresh: 0, left: [file.problem], apply() {} }];
  const { phases, current, activities, problems } = readPipelineLog(file.content, now, file.changedAt);
  const entered = journal.phases.history(everything);
  const newest = entered.find(({ by }) => by === pipelineLog);
  const freshPhases = [
    ...phases.filter(({ id, at }) => !entered.some((known) => known.id === id && known.at === at)),
    ...(current && newest?.id !== current.id ? [current] : []),
  ];
  const knownActivities = new Set(journal.statusLog.latest(everything).map(({ id }) => id));
  const freshActivities = activities
    .filter(({ id }) => !knownActivities.has(id))
    .map((each) => ({ ...each, text: mask(each.text, secrets) }));
  return [
    {
      what: "phases",
      from,
      to: "the status log: nextrust get-phase",
      found: phases.length + (current ? 1 : 0),
      fresh: freshPhases.length,
      left: problems,
      apply: () =>
        journal.transaction(() =>
          freshPhases.forEach((phase) => {
            journal.phases.enter(phase);
          }),
        ),
    },
    {
      what: "activities",
      from,
      to: "the status log: nextrust status",
      found: activities.length,
      fresh: freshActivities.length,
      left: [],
      apply: () => journal.statusLog.add(freshActivities),
    },
  ];
}
