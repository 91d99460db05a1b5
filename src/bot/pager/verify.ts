import type { IncomingHttpHeaders } from "node:http";
import type { PagerConfig } from "../../config/pager.ts";
import { isSigned } from "../signature.ts";
import { signatureHeader, timestampHeader } from "./webhook.ts";

const freshMs = 5 * 60_000;
/** While it rotates its secrets a pager sends several. */
const mostSignatures = 10;

/** Whether the pager sent these bytes, by any of the secrets; of a generic one not too long ago either. */
export function isFromPager({ kind, secrets }: PagerConfig, headers: IncomingHttpHeaders, body: Buffer, now: number): boolean {
  const keys = secrets.map((secret) => secret.reveal());
  const given = textOf(headers[kind === "pagerduty" ? "x-pagerduty-signature" : signatureHeader]);
  const signatures = given.split(",", mostSignatures).map((one) => one.trim());
  if (kind === "pagerduty") return signatures.some((one) => isSigned(one, "v1=", keys, body));

  const timestamp = textOf(headers[timestampHeader]);
  const isFresh = /^\d{1,12}$/.test(timestamp) && Math.abs(now - Number(timestamp) * 1000) <= freshMs;
  return isFresh && signatures.some((one) => isSigned(one, "v1=", keys, `${timestamp}.`, body));
}

const textOf = (header: string | string[] | undefined): string => (typeof header === "string" ? header : "");
