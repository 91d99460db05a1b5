import { verify } from "node:crypto";
import * as z from "zod";

const Claims = z.object({ iss: z.union([z.string(), z.number()]), iat: z.number(), exp: z.number() });

export interface AppKey {
  readonly appId: string;
  readonly publicKey: string;
}

export const looksLikeJwt = (token: string): boolean => token.split(".").length === 3 && token.startsWith("eyJ");

/** Whether GitHub would take this as the App's own token: signed by its key, not expired, and good for at most ten minutes. */
export function isAppJwt(token: string, { appId, publicKey }: AppKey, nowMs: number): boolean {
  const [header = "", payload = "", signature = ""] = token.split(".");
  if (!verify("RSA-SHA256", Buffer.from(`${header}.${payload}`), publicKey, Buffer.from(signature, "base64url"))) return false;

  const claims = Claims.safeParse(JSON.parse(Buffer.from(payload, "base64url").toString()));
  if (!claims.success || String(claims.data.iss) !== appId) return false;
  const now = Math.floor(nowMs / 1000);
  // GitHub allows a minute of drift backwards, and counts the ten minutes from its own clock.
  return claims.data.exp > now && claims.data.exp <= now + 660 && claims.data.iat <= now + 60;
}
