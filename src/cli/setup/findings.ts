import { existsSync } from "node:fs";
import { readOwnCommand } from "./command.ts";
import { ownHandlers } from "./merge.ts";
import { nameOf, ownCommands, type Place, type Project } from "./project.ts";
import type { Group, Handler, Wanted } from "./wanted.ts";

/** What keeps the hooks from running as they should, a sentence each. */
export function findingsOf(project: Project, place: Place, wanted: Wanted): readonly string[] {
  const files = [project.shared, project.local, ...(project.user ? [project.user] : [])];
  const broken = files.flatMap(({ problems }) => problems.map((problem) => `${problem} Claude Code heeds nothing of this file.`));
  const disabled = files.flatMap(({ path, settings }) =>
    settings.disableAllHooks ? [`disableAllHooks is true in ${path}: Claude Code runs no hooks at all.`] : [],
  );
  const other = place === "shared" ? "local" : "shared";
  const twice = [project[other], ...(project.user ? [project.user] : [])].flatMap((file) =>
    ownCommands(file).length > 0 ? [`${file.path} has hooks of nextrust, too: they run more than once.`] : [],
  );
  return [...broken, ...disabled, ...(project[place].problems.length > 0 ? [] : registrations(project, place, wanted)), ...twice];
}

function registrations(project: Project, place: Place, wanted: Wanted): readonly string[] {
  const { settings } = project[place];
  const name = nameOf(place);
  if (wanted.size > 0 && ownCommands(project[place]).length === 0)
    return [project[place].text === undefined ? `There is no ${name}.` : `${name} has no hooks of nextrust.`];
  const events = [...new Set([...Object.keys(settings.hooks ?? {}), ...wanted.keys()])];
  const said = events.flatMap((event) =>
    ofEvent(ownHandlers(settings.hooks?.[event] ?? []), wanted.get(event)).map((sentence) => `${name}: ${event} ${sentence}`),
  );
  return [...new Set([...said, ...missingPrograms(ownCommands(project[place]), name)])];
}

function ofEvent(own: ReturnType<typeof ownHandlers>, wanted: Group | undefined): readonly string[] {
  const [first, ...more] = own;
  const [handler] = wanted?.hooks ?? [];
  if (!wanted || !handler) return first ? ["is registered, but none of its modules is on."] : [];
  if (!first) return ["is not registered."];
  return [...(more.length > 0 ? ["is registered more than once."] : []), ...differences(first, wanted, handler)];
}

function differences({ group, handler: is }: { group: Group; handler: Handler }, wanted: Group, handler: Handler): readonly string[] {
  return [
    ...(is.command === handler.command ? [] : [`runs ${is.command}, which is not this installation.`]),
    ...(is.timeout === handler.timeout ? [] : [`has the timeout ${is.timeout ?? "of Claude Code"}, and needs ${handler.timeout} seconds.`]),
    ...(is.onFailure === handler.onFailure ? [] : [onFailureSentence(handler)]),
    ...(group.matcher === wanted.matcher ? [] : [`looks at ${toolsOf(group)}, and is needed for ${toolsOf(wanted)}.`]),
    ...(group.hooks.every((each) => readOwnCommand(each.command)) ? [] : ["stands in one group with hooks of others."]),
  ];
}

const onFailureSentence = (wanted: Handler): string =>
  wanted.onFailure === "block"
    ? 'has no "onFailure": "block": when its guard cannot run, the tool runs unguarded.'
    : "has an onFailure, though no guard of it is on.";

const toolsOf = ({ matcher }: Group): string => (matcher === undefined || matcher === "" || matcher === "*" ? "every tool" : matcher);

function missingPrograms(commands: readonly (string | undefined)[], name: string): readonly string[] {
  const paths = commands.flatMap((command) => {
    const { installation } = readOwnCommand(command) ?? {};
    return installation ? [installation.node, installation.main] : [];
  });
  return [...new Set(paths)].filter((path) => !existsSync(path)).map((path) => `${path}, which ${name} names, is not there any more.`);
}
