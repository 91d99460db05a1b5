import { toSignature } from "../../pipeline/failures/signature.ts";
import type { CommandFailure } from "../../pipeline/sessions/command-failures.ts";
import { mostTries } from "../../pipeline/sessions/commit-backoff.ts";
import { phaseHereInWords } from "../../pipeline/sessions/phase-log.ts";
import { ask, requestId } from "../advice/ask.ts";
import { fenced, isData } from "../advice/fenced.ts";
import type { Context } from "../context.ts";
import { type SaidAt, tell } from "../module.ts";
import type { PayloadOf } from "../payload.ts";
import { phaseNow } from "../phase/phase-line.ts";
import { changedFiles } from "../place/changed-files.ts";
import { callOf } from "./call-of.ts";
import { didFail } from "./did-fail.ts";

export async function requestDesign(
  payload: PayloadOf<"post-tool-use-failure">,
  context: Context,
): Promise<SaidAt<"post-tool-use-failure"> | undefined> {
  if (!didFail(payload)) return undefined;
  const { key } = callOf(payload, context);
  const commit = context.head()?.sha ?? "";
  const journal = context.journal();
  const failure = journal.failures.of(key, commit);
  const { afterFailures } = context.settings.designRequest;
  if (!failure || failure.knownIssue !== undefined || failure.failures <= afterFailures) return undefined;

  // Told again now and then: each time would be one more line to read past.
  const isDue = failure.failures % (afterFailures + 1) === 0;
  if (failure.isHelpAsked) return isDue ? tell(inWords(failure, "A request for design guidance is there already")) : undefined;

  const phase = phaseNow(context);
  const details = detailsOf(failure, {
    branch: context.head()?.branch,
    phase: phase && phaseHereInWords(phase),
    files: await changedFiles(context),
  });
  const id = requestId("design", context.origin().repository, commit, key);
  const reason = `A command failed ${failure.failures} times at one commit, and no known issue explains it: ${failure.errors.at(-1)}`;
  const outcome = journal.transaction(() => {
    if (journal.failures.of(key, commit)?.isHelpAsked) return "asked at once";
    // It has passed since, which the request outlives.
    if (journal.advice.has(id)) {
      journal.failures.noteHelpAsked(key, commit);
      return "asked before";
    }
    if (!journal.backoff.take(commit, "design request", context.now())) return "no more";
    ask(id, { channel: "o3", subject: "design", reason, details, ...(phase && { phase: phase.id }) }, context);
    journal.failures.noteHelpAsked(key, commit);
    return "asked";
  });
  if (outcome === "asked") return tell(inWords(failure, "A request for design guidance is recorded"));
  if (outcome === "asked at once" || !isDue) return undefined;
  if (outcome === "asked before") return tell(inWords(failure, "A request for design guidance is there already"));
  return tell(
    inWords(failure, `${mostTries} requests were made for this commit: none is added before the next, or \`nextrust clear-backoff\``),
  );
}

/** At most 400 characters. */
function inWords({ failures, errors }: CommandFailure, asked: string): string {
  const same = isSame(errors) ? ", with the same error" : "";
  const known = "if the bot answers, then on the pull request and not here, so do not wait";
  return `This command has failed ${failures} times at this commit${same}. ${asked}; ${known}. Do not repeat it as it is: look at the first error of its output, change what causes it, and try the smallest part that fails. If you cannot, say so and stop.`;
}

function isSame(errors: readonly string[]): boolean {
  const signatures = new Set(errors.map((error) => toSignature(error) ?? error));
  return errors.length > 1 && signatures.size === 1;
}

interface Surroundings {
  readonly branch: string | undefined;
  readonly phase: string | undefined;
  /** Absent where git could not say. */
  readonly files: readonly string[] | undefined;
}

function detailsOf({ command, commit, failures, firstAt, errors }: CommandFailure, { branch, phase, files }: Surroundings): string {
  const changed = files === undefined ? "git could not say" : files.length === 0 ? "none" : `\n${fenced(files.join("\n"))}`;
  return [
    `A command fails again and again, and nothing that is known explains it. What is wrong, and how should it be done instead?`,
    isData,
    `Command:\n${fenced(command)}`,
    `Commit: ${commit || "none"}`,
    `Branch: ${branch ?? "none"}`,
    `Phase: ${phase ?? "none"}`,
    `Failures: ${failures} since ${new Date(firstAt).toISOString()}`,
    `The first error of ${errors.length < failures ? `the last ${errors.length}` : "each"}, oldest first:\n${fenced(errors.map((error, at) => `${at + 1}. ${error}`).join("\n"))}`,
    `Files changed since the commit: ${changed}`,
  ].join("\n");
}
