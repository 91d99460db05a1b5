import { existsSync } from "node:fs";
import { journalFileIn } from "../../config/present.ts";
import { findGit, originRepository } from "../../hooks/place/git-head.ts";
import { placeOf } from "../../hooks/place/place.ts";
import { secretsIn } from "../../hooks/secrets.ts";
import { openJournal } from "../../state/sessions/open.ts";
import { placeOf as importPlaceOf } from "../import/place-of.ts";
import type { Checkout, Step } from "./step.ts";
import { commandSteps } from "./steps/commands.ts";
import { backoffSteps, failureSteps } from "./steps/failures.ts";
import { knownIssueSteps } from "./steps/known-issues.ts";
import { phaseSteps } from "./steps/phases.ts";
import { promptSteps } from "./steps/prompts.ts";
import { type ImportAsked, usageSteps } from "./steps/usage.ts";

type Variables = Readonly<Record<string, string | undefined>>;

/** A terminal's composition root: all that there is to bring over in the checkout around a folder. Nothing is written until a step is applied. */
export async function stepsIn(
  folder: string,
  variables: Variables,
  isApplied: boolean,
  now = Date.now(),
): Promise<{ readonly steps: readonly Step[]; close(): void }> {
  const { project, dataDir } = placeOf(folder, { NEXTRUST_DATA_DIR: variables.NEXTRUST_DATA_DIR });
  const git = findGit(project);
  const checkout: Checkout = {
    project,
    dataDir,
    settingsFile: variables.NEXTRUST_CONFIG || undefined,
    repository: git && originRepository(git),
    now,
    secrets: secretsIn(variables),
  };
  const file = journalFileIn(dataDir);
  const journal = openJournal(isApplied || existsSync(file) ? file : ":memory:");
  const variable = (name: string) => (name === "NEXTRUST_DATA_DIR" ? dataDir : variables[name]);
  const importPlace = (asked: ImportAsked) => importPlaceOf({ ...asked, isWatched: false }, variable);
  return {
    steps: [
      ...(await usageSteps(checkout, importPlace)),
      ...promptSteps(checkout, journal),
      ...phaseSteps(checkout, journal),
      ...knownIssueSteps(checkout),
      ...backoffSteps(checkout, journal),
      ...failureSteps(checkout, journal),
      ...(await commandSteps(checkout)),
    ],
    close: () => journal.close(),
  };
}
