import type { Said } from "./said-error.ts";

/** How long a service asks to wait: by a header in milliseconds, in seconds or as a date, or, as Google does, in the error itself. */
export function retryAfterMs(headers: Headers | undefined, said: Said, now: number): number | undefined {
  const candidates = [
    toNumber(headers?.get("retry-after-ms")),
    inMs(toNumber(headers?.get("retry-after"))),
    Date.parse(headers?.get("retry-after") ?? "") - now,
    inMs(toNumber(said.details?.find(({ retryDelay }) => retryDelay !== undefined)?.retryDelay?.replace(/s$/, ""))),
  ];
  return candidates.find((ms) => ms !== undefined && Number.isFinite(ms) && ms >= 0);
}

const toNumber = (text: string | null | undefined): number | undefined => (text ? Number(text) : undefined);
const inMs = (seconds: number | undefined): number | undefined => (seconds === undefined ? undefined : seconds * 1000);
