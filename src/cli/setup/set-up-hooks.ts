import { relative } from "node:path";
import { UserError } from "../../errors.ts";
import { mask } from "../../pipeline/logs/mask.ts";
import { unifiedDiff } from "./diff.ts";
import { editHooks } from "./edit-hooks.ts";
import type { Installation } from "./installation.ts";
import { mergeHooks } from "./merge.ts";
import { notesOn } from "./notes.ts";
import { isOfThisMachine, nameOf, type Place, type Project, placeFor } from "./project.ts";
import type { Terminal } from "./terminal.ts";
import type { Wanted } from "./wanted.ts";
import { type Change, writeChange } from "./write.ts";

export interface Given {
  readonly project: Project;
  readonly wanted: Wanted;
  /** Absent where the hooks are to go; then none is wanted. */
  readonly installation?: Installation;
  readonly terminal: Terminal;
  /** Where Claude Code keeps what is of this account. */
  readonly claudeFolder: string;
  readonly now: number;
}

export interface Asked {
  readonly place?: Place;
  readonly yes?: true;
}

/** @returns whether all is as it was asked for */
export async function setUpHooks(given: Given, asked: Asked): Promise<boolean> {
  const { project, wanted, installation, terminal } = given;
  const place = placeFor(project, wanted, asked.place);
  const problems = [project.shared, project.local].flatMap((file) => file.problems);
  if (problems.length > 0)
    throw new UserError("invalid", "bad_settings", `${problems.join("\n")}\nNothing was written. Mend it, then run this again.`);

  const changes = changesOf(project, place, wanted, asked);
  if (changes.length === 0) {
    terminal.print(installation ? unchanged(place, wanted) : "There are no hooks of nextrust here.\n");
    tellDisabled(given);
    return true;
  }
  for (const { name, file, text } of changes) terminal.print(mask(unifiedDiff(name, file.text, text), []));
  if (installation) for (const note of notesOn(project, place, installation, asked.place)) terminal.print(`\n${note}\n`);
  if (!(await mayWrite(terminal, asked))) return false;
  for (const change of changes) {
    const copy = writeChange(project, change, given.now);
    terminal.print(`${change.name} is written${copy === undefined ? "" : `; what stood there is in ${relative(project.root, copy)}`}.\n`);
  }
  if (installation) terminal.print("Sessions of Claude Code that begin from now on run the hooks.\n");
  tellDisabled(given);
  return true;
}

function changesOf(project: Project, place: Place, wanted: Wanted, asked: Asked): readonly Change[] {
  return (["shared", "local"] as const).flatMap((each) => {
    const file = project[each];
    const text = editHooks(file.text, file.settings, mergeHooks(file.settings, each === place ? wanted : new Map()));
    return text === (file.text ?? "")
      ? []
      : [{ file, name: nameOf(each), text, isOfThisMachine: isOfThisMachine(project, each, asked.place) }];
  });
}

const unchanged = (place: Place, wanted: Wanted): string =>
  wanted.size === 0
    ? "Every module of the hooks is switched off: there is nothing to register.\n"
    : `${nameOf(place)} has the hooks already: nothing to change.\n`;

async function mayWrite({ isInteractive, print, ask }: Terminal, { yes }: Asked): Promise<boolean> {
  if (yes) return true;
  if (!isInteractive) {
    print("\nNothing is written yet, as nobody can be asked here. To write it: --yes\n");
    return false;
  }
  if (/^y(es)?$/i.test((await ask("\nWrite it? [y/N] ")).trim())) return true;
  print("Nothing is written.\n");
  return false;
}

function tellDisabled({ project, terminal }: Given): void {
  for (const file of [project.shared, project.local, project.user])
    if (file?.settings.disableAllHooks)
      terminal.print(`But disableAllHooks is true in ${file.path}: until it goes, Claude Code runs no hooks.\n`);
}
