import { resolve } from "node:path";
import type { Piece, ShellWord } from "../word.ts";
import type { Ground, Harm } from "./harm.ts";

/** How far something reaches. */
export type Reach = "system" | "home" | "project" | "history" | "outside" | "unknown";

interface Target {
  readonly reach: Reach;
  /** As a person would say it. */
  readonly what: string;
  /** It is one only where a variable is empty. */
  readonly isEmptied: boolean;
}

const systemFolders =
  /^\/(?:bin|boot|dev|etc|home|lib|lib32|lib64|libx32|media|mnt|opt|proc|root|run|sbin|srv|sys|usr|var|Applications|Library|System|Users|Volumes|usr\/(?:bin|lib|local|sbin|share|include)|var\/(?:lib|log))$/;

/** What a path that is deleted, with all below it, is; undefined where it is the project's own or temporary. */
export function targetOf(word: ShellWord, folder: string | undefined, ground: Ground): Target | undefined {
  if (word.value !== undefined) return judged(word.text, patternAt(word.pieces), folder, ground, false);
  const { known, isEmptied } = readings(word.pieces);
  if (isEmptied !== undefined) {
    const found = judged(isEmptied, undefined, folder, ground, true);
    // One that is merely somewhere else is not there, or it is where it was meant to be.
    if (found && found.reach !== "outside" && !/(?:^|\/)\.{1,2}\/?$/.test(isEmptied)) return found;
  }
  // Whatever the variable is, what stands before it says where.
  const at = known.lastIndexOf("/");
  if (at <= 0) return undefined;
  const found = judged(known.slice(0, at), undefined, folder, ground, false);
  return found?.reach === "outside" || found?.reach === "system" || found?.reach === "home"
    ? { ...found, what: `what is in ${known.slice(0, at)}, which is outside of the project` }
    : undefined;
}

/** `known` ends before the first variable; `isEmptied` is all of it with its variables empty, where they may be. */
function readings(pieces: readonly Piece[]): { known: string; isEmptied: string | undefined } {
  const first = pieces.findIndex(({ kind }) => kind === "unknown");
  const known = textOf(pieces.slice(0, first));
  const canBeEmpty = pieces.every((piece) => piece.kind !== "unknown" || piece.canBeEmpty);
  return { known, isEmptied: canBeEmpty ? textOf(pieces.filter(({ kind }) => kind !== "unknown")) : undefined };
}

const textOf = (pieces: readonly Piece[]): string => pieces.map(({ text }) => text).join("");

/** Where the first pattern begins. */
function patternAt(pieces: readonly Piece[]): number | undefined {
  const first = pieces.findIndex(({ kind }) => kind === "pattern");
  return first === -1 ? undefined : textOf(pieces.slice(0, first)).length;
}

/** Names that stand for all that is in a folder. */
const everything = /^(?:\*+|\.\*|\?\*|\*\?|\.\?\*|\.\?\?\*|\.\[[!^]\.\]\*|\[[!^]\.\]\*)\/?$/;

function judged(
  path: string,
  pattern: number | undefined,
  folder: string | undefined,
  ground: Ground,
  isEmptied: boolean,
): Target | undefined {
  if (path === "") return undefined;
  const at = pattern ?? (path.endsWith("*") ? path.length - 1 : undefined);
  const slash = at === undefined ? -1 : path.lastIndexOf("/", at);
  const base = at === undefined ? path : slash === -1 ? "." : path.slice(0, slash + 1);
  const isAll = at === undefined || everything.test(path.slice(slash + 1));
  if (folder === undefined && !base.startsWith("/")) {
    return isAll && /^\.?\/?$/.test(base) ? { reach: "unknown", what: "everything in a folder that is not known", isEmptied } : undefined;
  }
  const absolute = resolve(folder ?? "/", base);
  const reach = reachOf(absolute, isAll, ground);
  return reach && { ...reach, isEmptied };
}

function reachOf(path: string, isAll: boolean, { project, home, temporary }: Ground): Pick<Target, "reach" | "what"> | undefined {
  if (path === "/") return { reach: "system", what: isAll ? "the whole file system" : "folders at the root of the file system" };
  if (isAll && path === project) return { reach: "project", what: "the whole project" };
  if (isAll && path === home) return { reach: "home", what: "the whole home folder" };
  if (
    isAll &&
    (path === `${project}/.git` || (/^\/(?:objects|refs)$/.test(path.slice(`${project}/.git`.length)) && isIn(path, `${project}/.git`)))
  )
    return { reach: "history", what: "the history of the project (.git)" };
  if (isIn(path, project)) return undefined;
  if (isAll && isIn(project, path)) return { reach: "project", what: `${path}, in which the project is` };
  if (temporary.some((each) => isIn(path, each))) return undefined;
  if (isAll && systemFolders.test(path)) return { reach: "system", what: `the system's folder ${path}` };
  return { reach: "outside", what: `${isAll ? "" : "files in "}${path}, which is outside of the project` };
}

const isIn = (path: string, folder: string): boolean => path === folder || path.startsWith(folder.endsWith("/") ? folder : `${folder}/`);

/** What to say of a target that something would do to it. */
export function harmTo({ what, isEmptied, reach }: Target, verb: string, word: ShellWord): Harm {
  if (isEmptied) {
    const variable = word.pieces.find(({ kind }) => kind === "unknown")?.text ?? "";
    const name = /^\$\{?(\w+)/.exec(variable)?.[1];
    const stops = name
      ? `Write \${${name}:?} for ${variable}, which stops when it is empty.`
      : `Keep it in a variable first, and write \${NAME:?} for it, which stops when it is empty.`;
    return { would: `${verb} ${what} if ${variable} is empty`, instead: stops, isMinor: true };
  }
  if (reach === "unknown")
    return { would: `${verb} ${what}`, instead: `Name the folder in the command itself, as rm -rf "\${NAME:?}"/* does.`, isMinor: true };
  const instead = "Name what is meant inside of the project, or ask the person to do it.";
  return { would: `${verb} ${what}`, instead, ...(reach === "outside" && { isMinor: true }) };
}
