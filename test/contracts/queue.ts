import { describe } from "vitest";
import type { Place } from "./place.ts";
import { addingContract } from "./queue-adding.ts";
import { failuresContract } from "./queue-failures.ts";
import { lanesContract } from "./queue-lanes.ts";
import { workersContract } from "./queue-workers.ts";

/** Run by every adapter of the port. */
export function queueContract(create: () => Promise<Place>): void {
  describe("queue", () => {
    addingContract(create);
    lanesContract(create);
    failuresContract(create);
    workersContract(create);
  });
}
