import type { Surroundings } from "./file-facts.ts";

/** What keeps the file from being read or written, in a sentence; undefined where how it stands does not explain it. */
export function explainSnapshot(
  error: string,
  { file, folder, nearest, freeBytes, freeFiles, accountId }: Surroundings,
): string | undefined {
  if (/\bENOSPC\b|no space left/i.test(error)) return fullDisk(nearest, freeBytes, freeFiles);
  if (/\bEROFS\b|read-only file system/i.test(error)) return `${nearest} is on a file system that can only be read. Write elsewhere.`;
  if (folder.exists && folder.kind !== "folder" && folder.kind !== "link") return `${folder.path} is a file, so nothing can be in it.`;
  if (!folder.exists && folder.problem === undefined)
    return `The folder ${folder.path} does not exist; the nearest that does is ${nearest}.`;
  if (/\bEISDIR\b|is a directory/i.test(error) && file.kind === "folder") return `${file.path} is a folder, not a file.`;
  if (!/\b(?:EACCES|EPERM)\b|permission denied|operation not permitted/i.test(error)) return undefined;
  const refused = [file, folder].find(({ exists, isReadable, isWritable }) => exists && !(isReadable && isWritable));
  if (refused) {
    const { path, ownerId, mode, isReadable } = refused;
    return `${path} belongs to account ${ownerId} (mode ${mode}); you are account ${accountId} and may not ${isReadable ? "write" : "read"} it.`;
  }
  const canRun = file.kind !== "file" || /[1357]/.test(file.mode?.slice(-3) ?? "");
  return canRun ? undefined : `${file.path} may be read and written, but not run: its mode is ${file.mode}.`;
}

/** What is left over when nothing more fits. */
const crumbs = 1024 * 1024;

function fullDisk(nearest: string, freeBytes: number | undefined, freeFiles: number | undefined): string | undefined {
  if (freeBytes !== undefined && freeBytes < crumbs)
    return `The disk of ${nearest} is full: ${freeBytes} bytes free. Make room before you try again.`;
  return freeFiles === 0 ? `The disk of ${nearest} can hold no more files, however small. Remove some before you try again.` : undefined;
}
