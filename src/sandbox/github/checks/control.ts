import { headOf, type Target } from "../branches.ts";
import type { Delivery } from "../deliveries.ts";
import { mainRepository } from "../seed.ts";
import type { World } from "../world.ts";
import type { OwnCheck } from "./own-checks.ts";
import { tellOfCheck } from "./tell.ts";

/** What people see of the App's own check runs and do with them; what is done resolves when the delivery was answered. */
export interface ChecksControl {
  /** Of a head commit, the newest of each name. */
  checks(target: Target, repository?: string): Promise<readonly OwnCheck[]>;
  /** @param button its identifier, or what stands on it */
  clickCheck(as: string, checkRunId: number, button: string): Promise<Delivery>;
  rerequestCheck(as: string, checkRunId: number): Promise<Delivery>;
}

export function createChecksControl(world: World): ChecksControl {
  const find = (id: number): OwnCheck => {
    const found = world.checks.get(id);
    if (!found) throw new Error(`There is no check run ${id} of the App.`);
    return found;
  };

  return {
    async checks(target, repository = mainRepository) {
      return world.checks.latestOn(repository, await headOf(world, repository, target));
    },
    async clickCheck(as, checkRunId, button) {
      const check = find(checkRunId);
      const action = check.actions.find(({ identifier, label }) => identifier === button || label === button);
      if (!action) throw new Error(`${check.name} has no button ${button}.`);
      return tellOfCheck(world, check, "requested_action", as, { requested_action: { identifier: action.identifier } });
    },
    rerequestCheck: (as, checkRunId) => tellOfCheck(world, find(checkRunId), "rerequested", as),
  };
}
