import type { EndOfLog } from "../pipeline/logs/end-of-log.ts";
import type { Failure } from "../pipeline/logs/read-failure.ts";
import { endWords, moodOf } from "../pipeline/operations/in-words.ts";
import type { JobState } from "../pipeline/pipelines.ts";
import { type FilePart, facts, type Part, text } from "../reply.ts";

/** What a job's log says, in a few lines. */
export function describeFailure(
  about: string,
  state: JobState,
  { excerpt, failedTests, moreFailedTests }: Extract<Failure, { state: "there" }>,
): Part[] {
  const { lines, firstLine, errorAt, tool, totalLines, isCut } = excerpt;
  const last = firstLine + lines.length - 1;
  const cut = isCut ? ", as far as I read it" : "";
  // The patterns that hold for every tool name none.
  const by = tool === undefined || tool === "error" ? "" : ` (${tool})`;
  const found = errorAt === undefined ? "No error that I recognise. Its end" : `First error${by}`;
  const parts: Part[] = [text(`${about} ${endWords[state]}`, moodOf(state))];
  if (lines.length > 0) {
    parts.push(text(`${found}, lines ${firstLine}–${last} of ${totalLines}${cut}:`), { kind: "excerpt", text: lines.join("\n") });
  }
  if (failedTests.length > 0) {
    const more = moreFailedTests > 0 ? ` and ${moreFailedTests} more` : "";
    parts.push(facts({ label: "Failed tests", value: `${failedTests.join(", ")}${more}` }));
  }
  return parts;
}

/** The end of a job's log as a file. */
export function describeEnd(about: string, name: string, { text: content, firstLine, totalLines, isCut }: EndOfLog): Part[] {
  if (content.trim() === "") return [text(`${about} left an empty log.`)];
  const cut = isCut ? ", as far as I read it" : "";
  const file: FilePart = { kind: "file", name: `${name.replaceAll(/[^\w.-]+/g, "-")}.log`, mediaType: "text/plain", content };
  return [text(`The log of ${about}, lines ${firstLine}–${totalLines} of ${totalLines}${cut}. What looks like a secret is masked.`), file];
}
