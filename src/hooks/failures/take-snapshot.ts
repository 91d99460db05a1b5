import { randomUUID } from "node:crypto";
import { readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { makeHiddenFolder } from "../../config/hidden-folder.ts";
import { clipped } from "../../pipeline/logs/clipped.ts";
import { mask } from "../../pipeline/logs/mask.ts";
import type { Context } from "../context.ts";
import { type SaidAt, tell } from "../module.ts";
import type { PayloadOf } from "../payload.ts";
import { secretsIn } from "../secrets.ts";
import { callOf, pathIn } from "./call-of.ts";
import { didFail } from "./did-fail.ts";
import { explainSnapshot } from "./explain-snapshot.ts";
import { lookAround } from "./file-facts.ts";
import { pathInError } from "./path-in-error.ts";

const mostKept = 100;
const longestError = 4_000;
const longestSaid = 400;

export async function takeSnapshot(
  payload: PayloadOf<"post-tool-use-failure">,
  context: Context,
): Promise<SaidAt<"post-tool-use-failure"> | undefined> {
  if (!didFail(payload)) return undefined;
  const { text: command, folder } = callOf(payload, context);
  const path = pathIn(payload.tool_input) ?? pathInError(payload.error);
  if (path === undefined) return undefined;

  const secrets = secretsIn(context.variables);
  const error = clipped(mask(payload.error, secrets), longestError);
  const around = await lookAround(resolve(folder, path));
  const explained = explainSnapshot(error, around);
  const { sha, branch } = context.head() ?? {};
  const head = { ...(sha !== undefined && { headSha: sha }), ...(branch !== undefined && { branch }) };
  const at = new Date(context.now()).toISOString();
  const snapshot = { at, tool: payload.tool_name, call: command, error, explained, cwd: folder, ...head, ...around };
  keep(context.place.dataDir, `${at.replaceAll(":", "-")}-${randomUUID().slice(0, 8)}.json`, snapshot);
  return explained === undefined ? undefined : tell(clipped(mask(explained, secrets), longestSaid));
}

/** The newest stay: their names are their times. Of several hooks at once each writes a file of its own. */
function keep(dataDir: string, name: string, snapshot: object): void {
  const folder = makeHiddenFolder(dataDir, "snapshots");
  const draft = join(folder, `.${name}.new`);
  writeFileSync(draft, `${JSON.stringify(snapshot, undefined, 2)}\n`, { mode: 0o600, flag: "wx" });
  renameSync(draft, join(folder, name));
  const kept = readdirSync(folder).filter((file) => /^\d.*\.json$/.test(file));
  for (const old of kept.toSorted().slice(0, -mostKept)) rmSync(join(folder, old), { force: true });
}
