import { join } from "node:path";
import { Entry } from "../../../config/known-issues.ts";
import { mistakeInWords } from "../../../config/mistake-in-words.ts";
import { knownIssuesPath, readKnownIssues } from "../../../config/read-known-issues.ts";
import { UserError } from "../../../errors.ts";
import { fieldsOf } from "../../../pipeline/usage/import/fields.ts";
import { addToFile } from "../../known-issue/add-to-file.ts";
import { readJsonFile } from "../read/json-file.ts";
import { readEach } from "../read/records.ts";
import type { Checkout, Step } from "../step.ts";

const from = "docs/ci-status/known-issues.json";

/** Known issues, into the file beside the settings, behind those that are there. */
export function knownIssueSteps({ project, settingsFile }: Checkout): readonly Step[] {
  const file = readJsonFile(join(project, from));
  if (!file) return [];
  const to = knownIssuesPath(settingsFile);
  const path = join(project, to);
  const own = readKnownIssues(path);
  if ("problems" in own) return [{ what: "known issues", from, to, found: 0, fresh: 0, left: own.problems, apply() {} }];
  if ("problem" in file) return [{ what: "known issues", from, to, found: 0, fresh: 0, left: [file.problem], apply() {} }];
  const list = fieldsOf(file.content)?.known_issues ?? fieldsOf(file.content)?.issues ?? file.content;
  const { read, problems } = readEach(Array.isArray(list) ? list : [], (fields): Entry | string => {
    const parsed = Entry.safeParse(fields, { error: mistakeInWords });
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    return `${issue?.path.join(".")} ${issue?.message}`;
  });
  const known = new Set(own.knownIssues.all.map(({ id }) => id));
  const fresh = read.filter(({ id }) => !known.has(id));
  return [
    {
      what: "known issues",
      from,
      to,
      found: read.length,
      fresh: fresh.length,
      left: problems,
      apply() {
        for (const { auto_fix: fix, ...entry } of fresh) {
          const [problem] = addToFile(path, { ...entry, ...(fix && { auto_fix: fix }) });
          if (problem !== undefined) throw new UserError("invalid", "bad_known_issues", problem);
        }
      },
    },
  ];
}
