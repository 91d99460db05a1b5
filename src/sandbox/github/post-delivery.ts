import { createHmac } from "node:crypto";

/** Who sends: an App's webhook, or one of the organisation with the same address and secret. */
export interface Hook {
  readonly appId: string;
  readonly secret: string;
}

export const appHookId = 1;
export const organisationHookId = 2;

/** What goes over the wire. */
interface Parcel {
  readonly guid: string;
  readonly hookId: number;
  readonly event: string;
  /** The exact bytes to sign. */
  readonly body: string;
}

/** How a receiver took a delivery: its answer, or why there was none. */
export interface Outcome {
  readonly at: number;
  readonly durationMs: number;
  readonly status?: number;
  readonly error?: string;
  readonly response?: { readonly headers: Readonly<Record<string, string>>; readonly body: string };
}

export async function postDelivery(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  signal: AbortSignal,
): Promise<Outcome> {
  const at = Date.now();
  try {
    const response = await fetch(url, { method: "POST", headers, body, redirect: "manual", signal });
    const answered = { headers: Object.fromEntries(response.headers), body: await response.text() };
    return { at, durationMs: Date.now() - at, status: response.status, response: answered };
  } catch (error) {
    return { at, durationMs: Date.now() - at, error: String((error as Error).cause ?? error) };
  }
}

export function deliveryHeaders({ event, guid, hookId, body }: Parcel, { appId, secret }: Hook): Record<string, string> {
  const signed = (algorithm: string) => createHmac(algorithm, secret).update(body).digest("hex");
  return {
    accept: "*/*",
    "content-type": "application/json",
    "user-agent": "GitHub-Hookshot/5a0d5b1",
    "x-github-delivery": guid,
    "x-github-event": event,
    "x-github-hook-id": String(hookId),
    "x-github-hook-installation-target-id": appId,
    "x-github-hook-installation-target-type": hookId === appHookId ? "integration" : "organization",
    "x-hub-signature": `sha1=${signed("sha1")}`,
    "x-hub-signature-256": `sha256=${signed("sha256")}`,
  };
}
