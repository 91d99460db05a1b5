import type { Access } from "./access.ts";
import type { Actions } from "./actions/actions.ts";
import type { Caches } from "./actions/caches.ts";
import type { Logs } from "./actions/logs/logs.ts";
import type { Runner } from "./actions/runner.ts";
import type { Budget } from "./budget.ts";
import type { Deliveries } from "./deliveries.ts";
import type { Emulated } from "./emulated.ts";
import type { Identities } from "./oauth/identities.ts";
import type { OAuthApp } from "./oauth/oauth-app.ts";
import type { Reactions } from "./reactions.ts";
import type { Account } from "./resources.ts";
import type { Tokens } from "./tokens.ts";

/** Everything behind the API of one sandbox. */
export interface World {
  readonly url: string;
  readonly emulated: Emulated;
  readonly tokens: Tokens;
  readonly access: Access;
  readonly actions: Actions;
  readonly runner: Runner;
  readonly logs: Logs;
  readonly caches: Caches;
  readonly reactions: Reactions;
  readonly deliveries: Deliveries;
  readonly budget: Budget;
  /** Every account there is, people and bots. */
  readonly accounts: readonly Account[];
  /** Who they are now. */
  readonly identities: Identities;
  readonly oauth: OAuthApp;
  /** The names of the jobs that must pass before a merge. */
  readonly requiredJobs: ReadonlySet<string>;
}
