import { tmpdir } from "node:os";
import type { DestructiveCommandSettings } from "../../../config/hooks/destructive-command.ts";
import type { Context } from "../../context.ts";
import { branchOf } from "../../place/branch-of.ts";
import { homeOf } from "../../place/home.ts";
import type { Ground } from "./harm.ts";

export function groundOf({ place, variables }: Pick<Context, "place" | "variables">, settings: DestructiveCommandSettings): Ground {
  const temporary = ["/tmp", "/var/tmp", "/private/tmp", "/dev/shm", tmpdir(), variables.TMPDIR, variables.RUNNER_TEMP];
  return {
    project: place.project,
    home: homeOf(variables),
    temporary: temporary.flatMap((folder) => (folder?.startsWith("/") && folder.length > 1 ? [folder.replace(/\/+$/, "")] : [])),
    protectedBranches: settings.protectedBranches,
    branchOf,
  };
}
