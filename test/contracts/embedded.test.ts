import { describe } from "vitest";
import { backoffContract } from "./backoff.ts";
import { claimsContract } from "./claims.ts";
import { freezesContract } from "./freezes.ts";
import { keysContract } from "./keys.ts";
import { linksContract } from "./links.ts";
import { mirrorsContract } from "./mirrors.ts";
import { operationsContract } from "./operations.ts";
import { phaseChangesContract } from "./phase-changes.ts";
import { embeddedPlace } from "./place.ts";
import { policyContract } from "./policy.ts";
import { queueContract } from "./queue.ts";
import { recordsContract } from "./records.ts";

describe("embedded state", () => {
  claimsContract(embeddedPlace);
  keysContract(embeddedPlace);
  recordsContract(embeddedPlace);
  operationsContract(embeddedPlace);
  freezesContract(embeddedPlace);
  policyContract(embeddedPlace);
  phaseChangesContract(embeddedPlace);
  backoffContract(embeddedPlace);
  linksContract(embeddedPlace);
  mirrorsContract(embeddedPlace);
  queueContract(embeddedPlace);
});
