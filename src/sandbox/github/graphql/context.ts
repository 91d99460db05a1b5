import type { Actor } from "../tokens.ts";
import type { World } from "../world.ts";

export interface Context {
  readonly world: World;
  readonly actor: Exclude<Actor, { kind: "anonymous" | "app" }>;
}

/** What a mutation is given. */
export interface Input<T> {
  readonly input: T & { readonly clientMutationId?: string | null };
}

/** What GitHub says in `errors[].type`. */
export type Reason = "NOT_FOUND" | "FORBIDDEN" | "UNPROCESSABLE" | "MISSING_PAGINATION_BOUNDARIES" | "EXCESSIVE_PAGINATION";

/** An error that GraphQL callers see with its type. */
export class GraphqlFailure extends Error {
  override readonly name = "GraphqlFailure";
  readonly type: Reason;

  constructor(type: Reason, message: string) {
    super(message);
    this.type = type;
  }
}
