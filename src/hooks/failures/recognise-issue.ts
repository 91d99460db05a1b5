import { knownIssuesPath, readKnownIssues } from "../../config/read-known-issues.ts";
import { confidenceInWords, fixInWords } from "../../pipeline/known-issues/fix-in-words.ts";
import type { KnownMatch } from "../../pipeline/known-issues/known-issue.ts";
import { clipped } from "../../pipeline/logs/clipped.ts";
import type { Context } from "../context.ts";
import { type SaidAt, tell } from "../module.ts";
import type { PayloadOf } from "../payload.ts";
import { phaseNow } from "../phase/phase-line.ts";
import { settingsFileOf } from "../place/settings-file.ts";
import { secretsIn } from "../secrets.ts";
import { callOf } from "./call-of.ts";
import { didFail } from "./did-fail.ts";
import { readError } from "./first-error.ts";
import { tellFailure } from "./tell-failure.ts";

const longestDescription = 240;
const longestFix = 240;

export async function recogniseIssue(
  payload: PayloadOf<"post-tool-use-failure">,
  context: Context,
): Promise<SaidAt<"post-tool-use-failure"> | undefined> {
  if (!didFail(payload)) return undefined;
  const { place, variables } = context;
  const read = readKnownIssues(knownIssuesPath(settingsFileOf(place.project, variables)));
  if ("problems" in read) {
    context.note("The known issues cannot be read.", { problems: read.problems.slice(0, 3) });
    return undefined;
  }
  const { key, text } = callOf(payload, context);
  // Here a command stands for the job: issues of some variants only are of commands that name one.
  const lookFor = { issues: read.knownIssues.all, job: text, phase: phaseNow(context)?.id };
  const { known } = await readError(payload.error, secretsIn(variables), lookFor);
  if (!known) return undefined;

  const commit = context.head()?.sha ?? "";
  const journal = context.journal();
  journal.transaction(() => {
    journal.issues.add(known.id, context.now());
    journal.failures.explain(key, commit, known.id);
    const failure = journal.failures.of(key, commit);
    if (failure) tellFailure(failure, context);
  });
  return tell(inWords(known));
}

function inWords({ id, description, autoFix }: KnownMatch): string {
  const what = `This is the known issue ${id}: ${clipped(description, longestDescription)}`;
  if (!autoFix) return `${what} Nobody has written down yet what helps.`;
  return `${what} What helps (${confidenceInWords(autoFix)} sure): ${clipped(fixInWords(autoFix), longestFix)}`;
}
