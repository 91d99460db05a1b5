import { statSync } from "node:fs";
import { lastRun } from "../../hooks/log/last-run.ts";
import { hooksAlive, lastSessionAt } from "./alive.ts";
import { findingsOf } from "./findings.ts";
import { whyItVanishes } from "./installation.ts";
import { nameOf, type Place, type Project, placeFor } from "./project.ts";
import type { Asked, Given } from "./set-up-hooks.ts";

/** @returns whether the hooks are as they should be */
export function checkHooks({ project, wanted, installation, terminal, claudeFolder }: Given, asked: Asked): boolean {
  const place = placeFor(project, wanted, asked.place);
  const registered = findingsOf(project, place, wanted);
  const alive = registered.length > 0 ? undefined : aliveIn(project, place, claudeFolder);
  const findings = [...registered, ...(alive?.isFinding ? [alive.sentence] : [])];
  if (findings.length > 0)
    terminal.print(`${findings.map((finding) => `- ${finding}`).join("\n")}\nnextrust setup shows what it would change.\n`);
  else if (alive) terminal.print(`The hooks are registered in ${nameOf(place)}. ${alive.sentence}\n`);
  else terminal.print("Every module of the hooks is switched off, and none is registered.\n");
  const vanishes = installation && whyItVanishes(installation);
  if (vanishes !== undefined) terminal.print(`${vanishes}\n`);
  return findings.length === 0;
}

function aliveIn(project: Project, place: Place, claudeFolder: string) {
  const written = statSync(project[place].path, { throwIfNoEntry: false });
  if (!written) return undefined;
  const [ranAt, sessionAt] = [lastRun(project.root)?.at, lastSessionAt(project.root, claudeFolder)];
  return hooksAlive({ ranAt, sessionAt, registeredAt: written.mtimeMs });
}
