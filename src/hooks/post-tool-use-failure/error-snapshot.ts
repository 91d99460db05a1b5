import type { HookModule } from "../module.ts";

/** Tools that read and write files. */
const fileTools = new Set(["Read", "Write", "Edit", "MultiEdit", "NotebookEdit", "NotebookRead", "Glob", "Grep", "LS"]);

const fileError =
  /\b(?:EACCES|EBUSY|EDQUOT|EEXIST|EISDIR|ELOOP|EMFILE|ENAMETOOLONG|ENOENT|ENOSPC|ENOTDIR|ENOTEMPTY|EPERM|EROFS)\b|no such file or directory|permission denied|read-only file system|no space left on device|is a directory|not a directory|disk quota exceeded|operation not permitted/i;

const looksAt = 100_000;

export const errorSnapshot: HookModule<"post-tool-use-failure"> = {
  name: "error-snapshot",
  summary:
    "Writes down how a file stands that could not be read or written: what it is, whose, its folder, the room on the disk, and what git knows of it.",

  async run(payload, context) {
    if (!fileTools.has(payload.tool_name) && !fileError.test(payload.error.slice(0, looksAt))) return undefined;
    const { takeSnapshot } = await import("../failures/take-snapshot.ts");
    return takeSnapshot(payload, context);
  },
};
