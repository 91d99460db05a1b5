import type { SlackPerson } from "../access.ts";

/** How long an invitation is good, and how old a command may be that is carried out after it. */
export const invitationLivesMs = 10 * 60_000;

/** Ways for people to link themselves. */
export interface Invitations {
  /**
   * The address of a page that links the account of whoever signs in there to this person, so it is for their eyes only. Good once, for
   * `invitationLivesMs`.
   *
   * @param id names the invitation, where something is kept that is carried out afterwards
   */
  invite(person: SlackPerson, id?: string): string;
}
