import { z } from "zod";

/** GitHub lets no name end as its address for git does. */
export const repository = z.string().regex(/^(?!\.{1,2}\/)[\w.-]+\/(?!\.{1,2}$)[\w.-]+(?<!\.git)$/, "is not of the form owner/name");

/** What others may read is not sent openly, but to this machine itself. */
export function isPrivateOnTheWay(url: string): boolean {
  const parsed = URL.parse(url);
  return parsed?.protocol !== "http:" || ["localhost", "127.0.0.1", "[::1]"].includes(parsed.hostname);
}

export const slackId = (first: string, what: string) =>
  z.string().regex(new RegExp(`^[${first}][A-Z0-9]{2,}$`), `is not the id of a Slack ${what}`);

export const zone = z.string().refine(isZone, "is not an IANA time zone, such as Europe/Berlin");

/** Offsets such as +02:00 are understood by the clock, but know no summer time. */
function isZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
