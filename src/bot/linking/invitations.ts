import { randomUUID } from "node:crypto";
import { type Invitations, invitationLivesMs } from "../../pipeline/linking/invitations.ts";
import type { Secret } from "../../secret.ts";
import { signState } from "./signed-state.ts";

export const startPath = "/github/oauth/start";

/** @param publicUrl where people's browsers reach us, without a slash at its end */
export function createInvitations(stateSecrets: readonly Secret[], publicUrl: () => string, now: () => number): Invitations {
  return {
    invite(person, id = randomUUID()) {
      const state = signState({ purpose: "start", id, person, expiresAt: now() + invitationLivesMs }, stateSecrets);
      return `${publicUrl()}${startPath}?${new URLSearchParams({ state })}`;
    },
  };
}
