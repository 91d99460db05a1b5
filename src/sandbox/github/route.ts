import type { KnownRepository } from "./access.ts";
import type { Answer, ApiRequest } from "./answer.ts";
import type { Actor } from "./tokens.ts";
import type { World } from "./world.ts";

/** A call that is known to come from this actor, to a repository that the actor can see. */
export interface Call {
  readonly world: World;
  readonly actor: Actor;
  readonly request: ApiRequest;
  readonly repository: KnownRepository | undefined;
}

export interface Route {
  readonly method: string;
  /** After the repository, for routes in one; up to two parts of it are parameters. */
  readonly path: RegExp;
  readonly scope: "root" | "repository";
  handle(call: Call, first: string, second: string): Promise<Answer>;
}
