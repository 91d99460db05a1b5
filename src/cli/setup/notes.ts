import { findGit } from "../../hooks/place/git-head.ts";
import { type Installation, whyItVanishes } from "./installation.ts";
import { isOfThisMachine, localName, type Place, type Project, sharedName } from "./project.ts";

/** What somebody should know before they say yes. */
export function notesOn(project: Project, place: Place, installation: Installation, asked?: Place): readonly string[] {
  return [whyItVanishes(installation), onPlace(project, place, asked)].filter((note) => note !== undefined);
}

function onPlace(project: Project, place: Place, asked: Place | undefined): string | undefined {
  const { root, isSharedTracked } = project;
  if (place === "local" && isSharedTracked)
    return `${sharedName} is committed, and these are paths of this machine: so they go into ${localName}, which stays here. Everybody else runs nextrust setup once.`;
  if (place === "local" || !findGit(root)) return undefined;
  if (isSharedTracked)
    return `${sharedName} is committed. These paths of this machine lead nowhere for others, and a guard that cannot run stops their tools until they run nextrust setup --shared themselves. Better: --local, which writes ${localName}.`;
  if (isOfThisMachine(project, place, asked)) return `${sharedName} will hold paths of this machine, so git is told to leave it alone.`;
  return `Do not commit ${sharedName} with these paths: they are of this machine. --local writes ${localName} instead, which git is told to leave alone.`;
}
