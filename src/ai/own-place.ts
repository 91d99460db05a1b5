import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Folders of one run of a tool; all of them are gone when it has ended. */
export interface Place {
  /** Beside the others, for what we give it. */
  readonly given: string;
  readonly home: string;
  readonly tmp: string;
  /** Where it works; empty, so that nothing in it can be read or obeyed. */
  readonly work: string;
}

/**
 * Makes folders for one run of a tool. Tools keep copies of what they were asked, in their home and in the folder for temporary files, and nobody
 * removes them.
 *
 * @param files to write, by their path below a folder: `home/.gemini/settings.json`
 * @throws where the disk does not let it
 */
export async function ownPlace(files: Readonly<Record<string, string>>): Promise<Place & AsyncDisposable> {
  const root = await mkdtemp(join(tmpdir(), "nextrust-ai-"));
  const remove = async () => {
    // A tool that was killed may still be writing for a moment.
    await rm(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  try {
    const place = { given: join(root, "given"), home: join(root, "home"), tmp: join(root, "tmp"), work: join(root, "work") };
    for (const folder of Object.values(place)) await mkdir(folder);
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text, { mode: 0o600 });
    }
    return { ...place, [Symbol.asyncDispose]: remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
