import type { Action } from "../reply.ts";

/** What a next step is about. */
export interface Head {
  readonly surface: "slack" | "github";
  readonly repository: string;
  readonly pullRequest?: number;
  readonly ref?: string;
  readonly headSha: string;
}

/**
 * A command as an offer, pinned to the commit that is spoken of: when the head has moved until somebody takes it, it is refused.
 * A comment on a pull request need not say where it is; a button in Slack must.
 */
export function nextStep(
  label: string,
  command: string,
  { surface, repository, pullRequest, ref, headSha }: Head,
  style?: Action["style"],
): Action {
  const place = surface === "github" ? "" : ` ${repository}${pullRequest === undefined ? `@${ref ?? ""}` : `#${pullRequest}`}`;
  return { label, command: `${command}${place} sha=${shortSha(headSha)}`, ...(style && { style }) };
}

export const shortSha = (sha: string): string => sha.slice(0, 7);

/** A name as one argument. */
export const quoted = (name: string): string => (/^[\w.-]+$/.test(name) ? name : `"${name.replaceAll(/["\\]/g, "\\$&")}"`);
