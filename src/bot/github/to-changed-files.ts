import { z } from "zod";
import type { ChangedFile } from "../../pipeline/changes.ts";

/** A file of a difference, as REST lists it. */
export const DiffEntry = z.object({
  filename: z.string(),
  previous_filename: z.string().optional(),
  status: z.string(),
  patch: z.string().optional(),
  additions: z.number(),
  deletions: z.number(),
});
type DiffEntry = z.infer<typeof DiffEntry>;

/** So many characters of patches are kept in memory; files beyond keep their names and counts. */
const mostPatch = 1_000_000;

/** Whoever copies a file adds one; what only changed its mode is modified. */
const statuses: Readonly<Record<string, ChangedFile["status"]>> = {
  added: "added",
  copied: "added",
  removed: "removed",
  renamed: "renamed",
};

/** @returns what turns pages of files into ours, one after another, and counts what it keeps */
export function createToChangedFiles(): (entries: readonly DiffEntry[]) => readonly ChangedFile[] {
  let kept = 0;
  return (entries) =>
    entries.map(({ filename, previous_filename: before, status, patch, additions, deletions }) => {
      const isKept = patch !== undefined && kept + patch.length <= mostPatch;
      if (isKept) kept += patch.length;
      const moved = status === "renamed" && before !== undefined;
      return {
        path: filename,
        ...(moved && { previousPath: before }),
        status: statuses[status] ?? "modified",
        ...(isKept && { patch }),
        additions,
        deletions,
      };
    });
}
