import type { z } from "zod";
import { mistakeInWords } from "./mistake-in-words.ts";
import { parseYaml, type YamlFile } from "./yaml-file.ts";

/**
 * Reads what a team wrote, in YAML or JSON, by a schema.
 *
 * @returns its content, or the sentences that say what is wrong with it and at which line and column
 */
export function parseFile<T>(path: string, text: string, schema: z.ZodType<T>): { content: T; yaml: YamlFile } | { problems: string[] } {
  const yaml = parseYaml(text);
  if (yaml.mistakes.length > 0) return { problems: yaml.mistakes.map(({ place, message }) => `${path}:${place}: ${message}`) };
  const parsed = schema.safeParse(yaml.content ?? {}, { error: mistakeInWords });
  if (parsed.success) return { content: parsed.data, yaml };
  const problems = parsed.error.issues.flatMap((issue) => problemsOf(issue, yaml)).toSorted(inReadingOrder);
  return { problems: problems.map(({ place, sentence }) => `${path}:${place}: ${sentence}`) };
}

interface Problem {
  /** `12:5` */
  readonly place: string;
  readonly sentence: string;
}

const inReadingOrder = (one: Problem, other: Problem): number => one.place.localeCompare(other.place, "en", { numeric: true });

function problemsOf(issue: z.core.$ZodIssue, yaml: YamlFile): Problem[] {
  const steps = issue.path.filter((step) => typeof step !== "symbol");
  const name = steps.length === 0 ? "the file" : steps.join(".");
  if (issue.code !== "unrecognized_keys") return [{ place: yaml.placeOf(steps), sentence: `${name}: ${issue.message}` }];
  return issue.keys.map((key) => ({ place: yaml.placeOf([...steps, key], "key"), sentence: `${name}: Unrecognized key: "${key}"` }));
}
