import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { filesBelow } from "../../../machine/import/find-transcripts.ts";
import type { Journal } from "../../../pipeline/sessions/journal.ts";
import type { Prompt } from "../../../pipeline/sessions/prompts.ts";
import { fieldsOf } from "../../../pipeline/usage/import/fields.ts";
import { parseJson } from "../../../pipeline/usage/import/told.ts";
import { readPromptAudit } from "../read/prompt-audit.ts";
import type { Checkout, Step } from "../step.ts";

/** What prompts were like, without what they said, into the journal of the hooks. */
export function promptSteps({ project, now }: Checkout, journal: Journal): readonly Step[] {
  const root = join(project, "docs", "ci-status");
  if (!existsSync(root)) return [];
  const found = filesBelow(root, (path) => /^prompt-audit-.*\.jsonl$/.test(basename(path)));
  if (found.files.length === 0) return [];
  const read: Prompt[] = [];
  const problems: string[] = [];
  for (const file of found.files) {
    for (const [index, line] of readFileSync(file, "utf8").split("\n").entries()) {
      if (line.trim() === "") continue;
      const fields = fieldsOf(parseJson(line));
      const prompt = fields ? readPromptAudit(fields, now, createHash("sha256").update(line).digest("hex")) : "it is no JSON object";
      if (typeof prompt === "string") problems.push(`${basename(file)}:${index + 1}: ${prompt}`);
      else read.push(prompt);
    }
  }
  const fresh = read.filter(({ id }) => journal.prompts.find(id) === undefined);
  return [
    {
      what: "prompts",
      from: [...new Set(found.files.map((file) => relative(project, join(file, ".."))))].join(", "),
      to: "the journal of the hooks: nextrust status",
      found: read.length,
      fresh: fresh.length,
      left: [...problems, ...found.unreadable],
      apply: () =>
        journal.transaction(() => {
          for (const prompt of fresh) {
            journal.prompts.put(prompt);
            if (prompt.used) journal.prompts.use(prompt.id, prompt.used);
          }
        }),
    },
  ];
}
