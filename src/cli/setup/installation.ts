import { existsSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, sep } from "node:path";
import { findNode, neededMajor } from "../../../bin/find-node.js";
import { UserError } from "../../errors.ts";

/** Where this nextrust is, by real paths. */
export interface Installation {
  /** A Node that can run it, whatever Node is on the PATH. */
  readonly node: string;
  readonly main: string;
}

/** @throws UserError where it cannot be run by its path alone */
export function findInstallation(): Installation {
  const root = packageRoot(import.meta.dirname);
  const main = join(root, "dist", "main.js");
  if (!existsSync(main)) throw problem(`${root} has no bundle yet, which the hooks run. Make it: npm run prepare`);
  const own = findNode();
  if (own === undefined && Number(process.versions.node.split(".")[0]) < neededMajor)
    throw problem(`The hooks need Node ${neededMajor}, which npm left out here. Install it: npm install --include=optional`);
  return { node: realpathSync(own ?? process.execPath), main: realpathSync(main) };
}

/** Sources and bundle lie at different depths below it. */
function packageRoot(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) if (existsSync(join(folder, "bin", "nextrust.js"))) return folder;
}

/** @returns why the place will not last, and what to do instead; undefined where it lasts */
export function whyItVanishes({ main }: Installation): string | undefined {
  const isOfNpx = main.split(sep).includes("_npx");
  const isTemporary = [tmpdir(), sep === "/" ? "/tmp" : tmpdir()].some((folder) => main.startsWith(real(folder) + sep));
  if (!isOfNpx && !isTemporary) return undefined;
  const place = isOfNpx ? "in the cache of npx, which npm empties at times" : "in a folder for temporary files";
  return `This nextrust is ${place}, and its hooks stop working when it goes. Install it to stay, with npm install --global or --save-dev, and run nextrust setup from there.`;
}

function real(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}

const problem = (sentence: string): UserError => new UserError("not_applicable", "not_installed", sentence);
