import { tmpdir } from "node:os";
import { resolve } from "node:path";
import type { Context } from "../context.ts";
import { homeOf } from "./home.ts";
import { pathWithin, realPathOf } from "./real-path.ts";

/** Where a session may change things; all of them real paths. */
export interface Grounds {
  readonly project: string;
  /** Further folders that the settings name. */
  readonly roots: readonly string[];
  readonly temporary: readonly string[];
}

export function groundsOf({ place, settings, variables }: Pick<Context, "place" | "settings" | "variables">): Grounds {
  const roots = settings.workingDirectory.roots.map((root) => realPathOf(namedPath(root, place.project, variables)));
  // Claude Code keeps its scratch there, whatever TMPDIR says.
  const temporary = [tmpdir(), ...(process.platform === "win32" ? [] : ["/tmp"])].map((folder) => realPathOf(folder));
  return { project: realPathOf(place.project), roots, temporary };
}

/** A path as somebody writes it. */
export function namedPath(path: string, from: string, variables: Context["variables"]): string {
  return resolve(
    from,
    path.replace(/^~(?=$|[/\\])/, () => homeOf(variables)),
  );
}

/** The checkout or the root that a path is in, and the path within it; undefined elsewhere. */
export function groundOf(path: string, { project, roots }: Grounds): { readonly folder: string; readonly within: string } | undefined {
  for (const folder of [project, ...roots]) {
    const within = pathWithin(folder, path);
    if (within !== undefined) return { folder, within };
  }
  return undefined;
}

export const isOnGrounds = (path: string, grounds: Grounds): boolean =>
  groundOf(path, grounds) !== undefined || grounds.temporary.some((folder) => pathWithin(folder, path) !== undefined);
