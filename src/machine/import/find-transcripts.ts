import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";

export interface Found {
  readonly files: readonly string[];
  /** Folders that could not be read, and why. */
  readonly unreadable: readonly string[];
}

interface Home {
  readonly home: string;
  /** `CLAUDE_CONFIG_DIR`: one folder or several, parted by commas. */
  readonly configured: string | undefined;
}

/** The folders in which Claude Code keeps its transcripts, whether they are there or not. */
export function transcriptFolders({ home, configured }: Home): readonly string[] {
  const named = configured?.split(",").map((folder) => folder.trim());
  const folders = named?.filter((folder) => folder !== "") ?? [join(home, ".claude"), join(home, ".config", "claude")];
  return folders.map((folder) => resolve(folder));
}

/** The folder of transcripts in a folder of Claude Code, or the folder itself. */
export const projectsIn = (folder: string): string => (existsSync(join(folder, "projects")) ? join(folder, "projects") : folder);

/** All files of JSON lines below a folder, sorted; links to other folders are not followed, as they may lead round in a circle. */
export function filesBelow(folder: string, isWanted: (path: string) => boolean): Found {
  const files: string[] = [];
  const unreadable: string[] = [];
  const visit = (path: string): void => {
    try {
      for (const entry of readdirSync(path, { withFileTypes: true })) {
        const inside = join(path, entry.name);
        if (entry.isDirectory()) visit(inside);
        else if (entry.name.endsWith(".jsonl") && isWanted(inside)) files.push(inside);
      }
    } catch (error) {
      unreadable.push(`${path} (${(error as NodeJS.ErrnoException).code ?? "unknown"})`);
    }
  };
  visit(resolve(folder));
  return { files: files.toSorted(), unreadable };
}
