import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { momentInWords } from "../../pipeline/moment-in-words.ts";

/**
 * When Claude Code last began a session in the checkout.
 *
 * @param claudeFolder where it keeps what is of this account; it names a folder there after the path of the checkout
 */
export function lastSessionAt(root: string, claudeFolder: string): number | undefined {
  const folder = join(claudeFolder, "projects", root.replaceAll(/[^A-Za-z0-9]/g, "-"));
  const times = namesIn(folder)
    .filter((name) => name.endsWith(".jsonl"))
    .map((name) => statSync(join(folder, name)).birthtimeMs);
  return times.length > 0 ? Math.max(...times) : undefined;
}

interface Seen {
  readonly ranAt: number | undefined;
  readonly sessionAt: number | undefined;
  /** When the settings were last written. */
  readonly registeredAt: number;
}

/** Nothing else shows that Claude Code takes the settings: what it does not like there it drops without a word. */
export function hooksAlive({ ranAt, sessionAt, registeredAt }: Seen): { readonly isFinding: boolean; readonly sentence: string } {
  if (sessionAt !== undefined && sessionAt > registeredAt && (ranAt ?? 0) < registeredAt) {
    const sentence = "Claude Code has begun a session here since the hooks were registered, and none of them ran. See: claude doctor";
    return { isFinding: true, sentence };
  }
  if (ranAt === undefined) return { isFinding: false, sentence: "No hook has run here yet. Begin a new session of Claude Code." };
  return { isFinding: false, sentence: `A hook last ran here at ${momentInWords(ranAt)}.` };
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
