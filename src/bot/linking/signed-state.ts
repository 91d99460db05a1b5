import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { SlackPerson } from "../../pipeline/access.ts";
import type { Secret } from "../../secret.ts";

/** What travels through the person's browser from step to step; only we can have written it. */
export interface State {
  /** The step that it may be used for. */
  readonly purpose: Purpose;
  /** Names the linking. */
  readonly id: string;
  readonly person: SlackPerson;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  /** Digest of the cookie of the browser that began. */
  readonly session?: string | undefined;
  /** Whose account it is, as GitHub said. */
  readonly account?: { readonly id: number; readonly login: string } | undefined;
}

type Purpose = "start" | "callback" | "confirm";

const State = z.object({
  purpose: z.enum(["start", "callback", "confirm"]),
  id: z.string(),
  person: z.object({ team: z.string(), user: z.string() }),
  expiresAt: z.number(),
  session: z.string().optional(),
  account: z.object({ id: z.number(), login: z.string() }).optional(),
});

/** @param secrets the first one signs */
export function signState(state: State, [secret]: readonly Secret[]): string {
  if (!secret) throw new Error("There is no secret to sign with.");
  const body = Buffer.from(JSON.stringify(state)).toString("base64url");
  return `${body}.${macOf(body, secret).toString("base64url")}`;
}

/** @param secrets any of them is good, so that one can be rotated */
export function readState(signed: string, purpose: Purpose, secrets: readonly Secret[], now: number): State | "forged" | "expired" {
  const [body = "", mac = "", ...rest] = signed.split(".");
  const given = Buffer.from(mac, "base64url");
  const isOurs = secrets.some((secret) => {
    const expected = macOf(body, secret);
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
  if (!isOurs || rest.length > 0) return "forged";
  const state = State.parse(JSON.parse(Buffer.from(body, "base64url").toString()));
  if (state.purpose !== purpose) return "forged";
  return state.expiresAt <= now ? "expired" : state;
}

/** The secret may sign other things one day: what is signed says what it is for. */
const macOf = (body: string, secret: Secret): Buffer => createHmac("sha256", secret.reveal()).update(`linking.${body}`).digest();
