import { homedir } from "node:os";
import { join } from "node:path";

/**
 * Where Claude Code keeps its transcripts on this machine.
 *
 * @param configDirs `CLAUDE_CONFIG_DIR`: folders, separated by commas
 */
export const transcriptFolders = (configDirs: string | undefined): readonly string[] =>
  (configDirs?.split(",") ?? [join(homedir(), ".claude")]).filter((dir) => dir.trim() !== "").map((dir) => join(dir.trim(), "projects"));
