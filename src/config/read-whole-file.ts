import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";

const usuallyMost = 4 << 20;

/**
 * Reads a file that a team wrote. A checkout of somebody else's may have a link in its place: to a device that never ends, or a pipe that never answers.
 *
 * @throws where it is no file, or one that nobody has written by hand
 */
export function readWholeFile(path: string, mostBytes = usuallyMost): string {
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = fstatSync(file);
    if (!stats.isFile()) throw new Error("it is no file");
    if (stats.size > mostBytes) throw new Error(`it is larger than ${mostBytes >> 10} KB`);
    return readFileSync(file, "utf8");
  } finally {
    closeSync(file);
  }
}
