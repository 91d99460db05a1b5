import type { Access } from "./access.ts";
import type { Actions } from "./actions/actions.ts";
import type { Caches } from "./actions/caches.ts";
import type { Logs } from "./actions/logs/logs.ts";
import type { Runner } from "./actions/runner.ts";
import type { Budget } from "./budget.ts";
import type { OwnChecks } from "./checks/own-checks.ts";
import type { Deliveries } from "./deliveries.ts";
import type { Discussions } from "./discussions/discussions.ts";
import type { Emulated } from "./emulated.ts";
import type { Identities } from "./oauth/identities.ts";
import type { OAuthApp } from "./oauth/oauth-app.ts";
import type { Reactions } from "./reactions.ts";
import type { Emit } from "./relay.ts";
import type { Account } from "./resources.ts";
import type { Reviews } from "./reviews/reviews.ts";
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
  readonly discussions: Discussions;
  readonly reviews: Reviews;
  /** Comments that were hidden, by node id, and why: `outdated`. */
  readonly minimised: Map<string, string>;
  /** The check runs that the App made. */
  readonly checks: OwnChecks;
  readonly app: { readonly id: number; readonly slug: string; readonly name: string; readonly installationId: number };
  readonly deliveries: Deliveries;
  readonly emit: Emit;
  readonly budget: Budget;
  /** Every account there is, people and bots. */
  readonly accounts: readonly Account[];
  /** Who they are now. */
  readonly identities: Identities;
  readonly oauth: OAuthApp;
  /** The names of the jobs that must pass before a merge. */
  readonly requiredJobs: ReadonlySet<string>;
}
