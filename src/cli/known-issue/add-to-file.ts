import { existsSync, readFileSync } from "node:fs";
import packaged from "../../../config/known-issues.json" with { type: "json" };
import { KnownIssuesFile } from "../../config/known-issues.ts";
import { parseFile } from "../../config/parse-file.ts";
import { withItem } from "../../config/with-item.ts";
import { writeWhole } from "../../config/write-whole.ts";
import { entryInJson, type KnownIssueEntry } from "../../pipeline/known-issues/entry.ts";

/**
 * Adds an entry behind the others and leaves the rest of the file as it stands; the file is as it was or whole, whatever happens meanwhile.
 *
 * @returns what is wrong, a sentence each; the file is left alone then
 */
export function addToFile(path: string, entry: KnownIssueEntry): readonly string[] {
  let text: string;
  try {
    text = existsSync(path) ? readFileSync(path, "utf8") : likePackaged();
  } catch (error) {
    return [`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`];
  }
  const before = parseFile(path, text, KnownIssuesFile);
  if ("problems" in before) return before.problems;

  const after = withItem(text, "known_issues", entryInJson(entry));
  const parsed = parseFile(path, after, KnownIssuesFile);
  if ("problems" in parsed) return parsed.problems.map((problem) => problem.replace(/^.*?:\d+:\d+: known_issues\.\d+\./, ""));
  try {
    writeWhole(path, after);
  } catch (error) {
    return [`${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`];
  }
  return [];
}

/** A file of the team's own with the issues that come with the bot, so that none of them is lost. */
const likePackaged = (): string =>
  packaged.known_issues.reduce(
    (text, entry) => withItem(text, "known_issues", entryInJson(entry)),
    '{\n  "schema_version": "1.0",\n  "known_issues": []\n}\n',
  );
