import type { Action } from "../reply.ts";

/** What a next step is about. */
export interface Head {
  readonly surface: "slack" | "github";
  readonly repository: string;
  readonly pullRequest?: number;
  readonly ref?: string;
  readonly headSha: string;
  /** The pull request that it is offered on. */
  readonly here?: number;
}

/**
 * A command as an offer, pinned to the commit that is spoken of: when the head has moved until somebody takes it, it is refused.
 * A comment need not name its own pull request; a button in Slack must.
 */
export function nextStep(
  label: string,
  command: string,
  { surface, repository, pullRequest, ref, headSha, here }: Head,
  style?: Action["style"],
): Action {
  const isHere = surface === "github" && pullRequest !== undefined && pullRequest === here;
  const place = isHere ? "" : ` ${repository}${pullRequest === undefined ? `@${ref ?? ""}` : `#${pullRequest}`}`;
  const pin = headSha === "" ? "" : ` sha=${shortSha(headSha)}`;
  return { label, command: `${command}${place}${pin}`, ...(style && { style }) };
}

/** The label of clear-backoff. */
export const allowAutomatic = "Allow automatic retries";

export const shortSha = (sha: string): string => sha.slice(0, 7);

/** A name as one argument. */
export const quoted = (name: string): string => (/^\w[\w.-]*$/.test(name) ? name : `"${name.replaceAll(/["\\]/g, "\\$&")}"`);
