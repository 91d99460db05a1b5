import { fixInWords } from "../../pipeline/known-issues/fix-in-words.ts";
import { knownIssuesFile } from "../../pipeline/known-issues/known-issues.ts";
import { momentInWords } from "../../pipeline/moment-in-words.ts";
import { done, type Reply, text } from "../../reply.ts";
import type { Services } from "../../services.ts";

const mostRows = 40;

/** Every issue of the file, and what came of it. */
export async function listIssues({ knownIssues, records }: Pick<Services, "knownIssues" | "records">): Promise<Reply> {
  const { all } = knownIssues;
  if (all.length === 0) return done("no_known_issues", text(`${knownIssuesFile} holds no known issues.`));
  const shown = all.slice(0, mostRows);
  const counts = await records.transaction(async (tx) => {
    const found = [];
    for (const { id } of shown) found.push(await tx.knownIssues.counts(id));
    return found;
  });
  const rows = shown.map(({ id, description, seenBefore, autoFix }, at) => {
    const { occurrences = 0, lastSeenAt, fixesTried = 0, fixesSucceeded = 0 } = counts[at] ?? {};
    const times = String(seenBefore + occurrences);
    const seen = lastSeenAt === undefined ? times : `${times}, last ${momentInWords(lastSeenAt)}`;
    const helped = fixesTried === 0 ? "" : `; helped ${fixesSucceeded} of ${fixesTried} times`;
    return { cells: [id, description, seen, `${fixInWords(autoFix)}${helped}`] };
  });
  const more = all.length > mostRows ? { more: `and ${all.length - mostRows} more in ${knownIssuesFile}` } : {};
  return done(
    "listed",
    text(`${all.length === 1 ? "One known issue" : `${all.length} known issues`}, in the order in which they are looked for:`),
    { kind: "table", columns: ["Id", "What it is", "Seen", "Fix"], rows, ...more },
  );
}
