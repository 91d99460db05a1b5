import type { ChangedFile } from "../changes.ts";
import { secretForms } from "../logs/secret-forms.ts";
import { matchesAnyGlob } from "../policy/glob.ts";
import type { LeftOut, LeftWhy } from "./left-out.ts";
import { originOf } from "./never-read.ts";
import { type Hunk, readPatch } from "./patch.ts";
import { rankOf } from "./rank.ts";
import { fitToShow, renderFile } from "./render-file.ts";
import type { ReviewRules } from "./rules.ts";

export interface PlannedFile {
  readonly path: string;
  /** Of the file, or of a part of it. */
  readonly text: string;
}

export interface PlannedCall {
  readonly files: readonly PlannedFile[];
  readonly tokens: number;
}

/** What is asked, call by call. Each file of the change is in a call or left out, or both where only a part of it fits. */
export interface ReviewPlan {
  readonly calls: readonly PlannedCall[];
  readonly left: readonly LeftOut[];
}

type PlanRules = Pick<ReviewRules, "tokensPerCall" | "mostCalls"> & { readonly skip: Pick<ReviewRules["skip"], "paths"> };

interface Room {
  readonly files: PlannedFile[];
  tokens: number;
}

interface Piece {
  readonly file: PlannedFile;
  readonly tokens: number;
}

/**
 * Chooses what of a change is looked at, and in which calls: source before tests before the rest, each file whole where some call has room
 * for it, else as many of its hunks as there is room for.
 *
 * @param tokensOf how many tokens a text takes at most
 * @param secrets values that are masked, besides what looks like one
 */
export function planReview(
  files: readonly ChangedFile[],
  rules: PlanRules,
  tokensOf: (text: string) => number,
  secrets: readonly string[] = [],
): ReviewPlan {
  const forms = secretForms(secrets);
  const rooms: Room[] = [];
  const left: LeftOut[] = [];
  for (const file of files.toSorted((a, b) => rankOf(a.path) - rankOf(b.path))) {
    const head = tokensOf(renderFile(file, []));
    // What has no room is not prepared either: a change may have thousands of files.
    const isFull = rooms.length >= rules.mostCalls && rooms.every(({ tokens }) => tokens + head > rules.tokensPerCall);
    const why = whyLeftOut(file, rules) ?? (isFull ? "over_budget" : undefined);
    const hunks = why === undefined ? readPatch(file.patch ?? "") : undefined;
    if (!hunks) {
      left.push({ path: file.path, why: why ?? "unreadable" });
      continue;
    }
    const pieceOf = (some: readonly Hunk[]): Piece => {
      const text = renderFile(file, some);
      return { file: { path: file.path, text }, tokens: tokensOf(text) };
    };
    const shown = fitToShow(hunks, forms);
    if (place(pieceOf(shown), rooms, rules)) continue;
    const pieces = shown.flatMap((hunk) => split(hunk, rules.tokensPerCall, pieceOf));
    const placed = pieces.filter((piece) => place(piece, rooms, rules)).length;
    if (placed < pieces.length) left.push({ path: file.path, why: "over_budget", ...(placed > 0 && { isPart: true }) });
  }
  return { calls: rooms, left };
}

/** Why nobody would look at the file though there were room for it. */
export function whyLeftOut(file: ChangedFile, { skip }: Pick<PlanRules, "skip">): LeftWhy | undefined {
  const { path, status, patch = "", additions, deletions } = file;
  if (status === "removed") return "removed";
  if (matchesAnyGlob(skip.paths, path)) return "excluded";
  const origin = originOf(path);
  if (origin) return origin;
  if (patch !== "") return undefined;
  if (additions + deletions > 0) return "too_large";
  // GitHub tells a moved or emptied file from a binary one by nothing but this.
  return status === "renamed" || file.patch === "" ? "nothing_added" : "binary";
}

/** Into the first call that has room, or a new one; false where there is neither. */
function place({ file, tokens }: Piece, rooms: Room[], { tokensPerCall, mostCalls }: PlanRules): boolean {
  if (tokens > tokensPerCall) return false;
  let room = rooms.find((each) => each.tokens + tokens <= tokensPerCall);
  if (!room) {
    if (rooms.length >= mostCalls) return false;
    room = { files: [], tokens: 0 };
    rooms.push(room);
  }
  room.files.push(file);
  room.tokens += tokens;
  return true;
}

/** A hunk in pieces of which each fits into a call, halved as often as it takes; a single line that does not fit stays as it is. */
function split(hunk: Hunk, most: number, pieceOf: (hunks: readonly Hunk[]) => Piece): readonly Piece[] {
  const whole = pieceOf([hunk]);
  if (whole.tokens <= most || hunk.lines.length === 1) return [whole];
  const middle = Math.ceil(hunk.lines.length / 2);
  const halves = [hunk.lines.slice(0, middle), hunk.lines.slice(middle)];
  return halves.flatMap((lines) => split({ ...hunk, lines }, most, pieceOf));
}
