import { z } from "zod";

/** GitHub lets no name end as its address for git does. */
export const repository = z.string().regex(/^(?!\.{1,2}\/)[\w.-]+\/(?!\.{1,2}$)[\w.-]+(?<!\.git)$/, "is not of the form owner/name");

export const slackId = (first: string, what: string) =>
  z.string().regex(new RegExp(`^[${first}][A-Z0-9]{2,}$`), `is not the id of a Slack ${what}`);
