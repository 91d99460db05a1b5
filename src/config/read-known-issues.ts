import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import packaged from "../../config/known-issues.json" with { type: "json" };
import type { KnownIssues } from "../pipeline/known-issues/known-issues.ts";
import { KnownIssuesFile } from "./known-issues.ts";
import { listedIssues } from "./listed-issues.ts";
import { parseFile } from "./parse-file.ts";
import { readWholeFile } from "./read-whole-file.ts";

/** Where a team's own known issues stand: beside the settings file. */
export const knownIssuesPath = (settingsFile: string | undefined): string =>
  join(dirname(settingsFile ?? "config/nextrust.yml"), "known-issues.json");

/** Those that come with the bot. */
export const packagedIssues = (): KnownIssues => listedIssues(KnownIssuesFile.parse(packaged));

/**
 * Reads the known issues; where the team has no such file, they are those that come with the bot.
 *
 * @returns the issues, or the sentences that say what is wrong with the file and at which line and column
 */
export function readKnownIssues(path: string): { knownIssues: KnownIssues } | { problems: string[] } {
  if (!existsSync(path)) return { knownIssues: packagedIssues() };
  let text: string;
  try {
    text = readWholeFile(path);
  } catch (error) {
    return { problems: [`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`] };
  }
  const parsed = parseFile(path, text, KnownIssuesFile);
  return "problems" in parsed ? parsed : { knownIssues: listedIssues(parsed.content) };
}
