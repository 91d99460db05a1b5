import type { Action } from "../reply.ts";
import type { Services } from "../services.ts";
import type { Actor } from "./command.ts";

/**
 * The button by which somebody in Slack links their account; undefined where it is not for them, or linking is off.
 *
 * @param id names the invitation, where something is kept that is carried out afterwards
 */
export function linkAction({ slack, account }: Actor, invitations: Services["invitations"], id?: string): Action | undefined {
  if (!slack || account || !invitations) return undefined;
  return { label: "Link my GitHub account", command: "link", privateUrl: invitations.invite(slack, id), style: "primary" };
}

/** What an unlinked person can do about it, for the end of a sentence. */
export const howToLink = (prefix: string, invitations: Services["invitations"]): string =>
  invitations ? `Link it with ${prefix}link first.` : "A maintainer can link you in config/nextrust.yml.";
