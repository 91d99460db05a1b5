import { join } from "node:path";
import { stateFileIn } from "../../../config/present.ts";
import { mask } from "../../../pipeline/logs/mask.ts";
import { readCommandLog } from "../read/command-log.ts";
import { readJsonFile } from "../read/json-file.ts";
import type { Checkout, Step } from "../step.ts";

const from = "docs/ci-status/command-log.json";

/** The commands that people gave in comments, into the audit. */
export async function commandSteps({ project, dataDir, repository, now, secrets }: Checkout): Promise<readonly Step[]> {
  const file = readJsonFile(join(project, from));
  if (!file) return [];
  const { read, problems } = "problem" in file ? { read: [], problems: [file.problem] } : readCommandLog(file.content, { repository, now });
  const { oldCommandsIn, putOldCommands } = await import("../../../state/embedded/old-commands.ts");
  const state = stateFileIn(dataDir);
  const known = await oldCommandsIn(state, "reference:");
  const fresh = read.filter(({ intent }) => !known.has(intent)).map((entry) => ({ ...entry, text: mask(entry.text, secrets) }));
  return [
    {
      what: "commands in comments",
      from,
      to: "the audit: nextrust audit",
      found: read.length,
      fresh: fresh.length,
      left: problems,
      apply: () => putOldCommands(state, fresh),
    },
  ];
}
