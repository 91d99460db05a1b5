import { Refused } from "../../emulated.ts";
import type { Call } from "../../route.ts";
import type { Author } from "../../tokens.ts";

/** What a route wants of an App; a person needs the role of the same name. */
export type Need = "actions:read" | "actions:write" | "checks:read" | "contents:read";

/** Who asks, of those who can be named. @throws Refused */
export function authorOf({ actor }: Call): Author {
  if (actor.kind === "anonymous" || actor.kind === "app") throw new Refused(401, "Requires authentication");
  return actor;
}

/** @throws Refused when whoever asks may not */
export function authorise(call: Call, need: Need): void {
  const { world, actor, repository } = call;
  const [permission = "", level = ""] = need.split(":");
  if (actor.kind === "installation") {
    const held = actor.permissions[permission];
    if (held !== "write" && held !== level) throw new Refused(403, "Resource not accessible by integration");
  } else if (level === "write") {
    authorOf(call);
    if (!repository || !world.access.canModerate(actor, repository)) throw new Refused(403, "Must have admin rights to Repository.");
  }
}
