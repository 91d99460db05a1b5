import { createHash } from "node:crypto";
import { isAbsolute, relative, resolve } from "node:path";
import { clipped } from "../../pipeline/logs/clipped.ts";
import { mask } from "../../pipeline/logs/mask.ts";
import { withoutControls } from "../../pipeline/logs/to-plain-line.ts";
import type { Context } from "../context.ts";
import type { ToolPayload } from "../payload.ts";
import { secretsIn } from "../secrets.ts";
import { sameCommand } from "./same-command.ts";

/** A call of a tool, as it is told from others. */
export interface Call {
  /** Equal for what counts as the same call. */
  readonly key: string;
  /** Masked, at most 500 characters. */
  readonly text: string;
  /** Where it ran. */
  readonly folder: string;
  /** Without an error it has done what it was to do. */
  readonly tellsEnd: boolean;
}

const longestText = 500;
/** So much of it is masked: no secret begins before 500 characters and ends behind these. */
const longestMasked = 8_000;

type Asked = Pick<ToolPayload, "tool_name" | "tool_input">;

/** A command of a shell is told by what it does and where, every other tool by its path, or else by all that it was given. */
export function callOf({ tool_name: tool, tool_input: input }: Asked, { place, variables }: Pick<Context, "place" | "variables">): Call {
  const shown = (text: string) =>
    clipped(withoutControls(mask(text.slice(0, longestMasked), secretsIn(variables)).replace(/\s+/g, " ")), longestText);
  if (tool === "Bash" && typeof input.command === "string") {
    const { text, folders, tellsEnd } = sameCommand(input.command);
    const folder = resolve(place.cwd, ...folders);
    const where = relative(place.project, folder);
    return {
      key: keyOf(tool, where, text),
      text: shown(where === "" ? text : `${text} (in ${where})`),
      folder,
      tellsEnd,
    };
  }
  const path = pathIn(input);
  const where = path === undefined ? JSON.stringify(input) : shortPath(place.project, resolve(place.cwd, path));
  return { key: keyOf(tool, where), text: shown(`${tool} ${where}`), folder: place.cwd, tellsEnd: true };
}

/** The file that a tool was to work on. */
export const pathIn = (input: Asked["tool_input"]): string | undefined =>
  [input.file_path, input.notebook_path, input.path].find((path): path is string => typeof path === "string" && path !== "");

const keyOf = (...parts: readonly string[]): string => createHash("sha256").update(JSON.stringify(parts)).digest("hex");

function shortPath(project: string, path: string): string {
  const inside = relative(project, path);
  return inside === "" || inside.startsWith("..") || isAbsolute(inside) ? path : inside;
}
