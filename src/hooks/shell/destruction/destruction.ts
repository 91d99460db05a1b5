import { matchesAnyGlob } from "../../../pipeline/policy/glob.ts";
import { type ShellCommand, written } from "../command.ts";
import type { ShellCommands } from "../commands.ts";
import { deletes } from "./deletion.ts";
import { overwrites } from "./devices.ts";
import { runsUnseen } from "./download.ts";
import type { Ground, Harm, Judge } from "./harm.ts";
import { rewrites } from "./push.ts";
import { deletesKept, dropsDatabase, forks, stopsMachine, takesRights } from "./system.ts";

const judges: readonly Judge[] = [deletes, overwrites, rewrites, runsUnseen, takesRights, stopsMachine, forks, dropsDatabase, deletesKept];

export interface Destruction extends Harm {
  /** The command in one line, as it is matched with what is allowed. */
  readonly command: string;
}

/** The first of the commands that would destroy what cannot be had again, of the harms that count. */
export function destructionIn(
  { commands }: ShellCommands,
  ground: Ground,
  allow: readonly string[],
  counts: (harm: Harm) => boolean = () => true,
): Destruction | undefined {
  const isAllowed = (command: ShellCommand) => allow.length > 0 && matchesAnyGlob(allow, written(command));
  for (const [index, command] of commands.entries()) {
    for (const judge of judges) {
      const harm = judge(command, ground, () => commands.slice(0, index));
      if (harm && counts(harm) && !isAllowed(command) && !(harm.cause && isAllowed(harm.cause)))
        return { ...harm, command: written(harm.cause ?? command) };
    }
  }
  return undefined;
}
