import { z } from "zod";

export const repository = z.string().regex(/^[\w.-]+\/[\w.-]+$/, "is not of the form owner/name");

export const slackId = (first: string, what: string) =>
  z.string().regex(new RegExp(`^[${first}][A-Z0-9]{2,}$`), `is not the id of a Slack ${what}`);
