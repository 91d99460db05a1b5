import type { Links, Permissions } from "./pipeline/access.ts";
import type { Claims } from "./pipeline/claims.ts";
import type { Pipelines } from "./pipeline/pipelines.ts";
import type { Records } from "./pipeline/records.ts";
import type { Workspace } from "./pipeline/workspace.ts";

/** Every port that a command or the dispatch may ask for; each names what it needs with Pick. */
export interface Services {
  readonly pipelines: Pipelines;
  readonly permissions: Permissions;
  readonly links: Links;
  readonly workspace: Workspace;
  readonly claims: Claims;
  readonly records: Records;
}
