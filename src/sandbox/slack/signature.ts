import { createHmac } from "node:crypto";

/** Slack's version 0 signature of a body sent at `timestamp`, in Unix seconds. */
export function signSlackBody(secret: string, timestamp: number | string, body: string): string {
  return `v0=${createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex")}`;
}
