import type { z } from "zod";

/** What is wrong, and where, in Slack's manner. */
export const complain = (message: string, path: readonly PropertyKey[]): string =>
  `[ERROR] ${message} [json-pointer:${path.map((step) => `/${String(step)}`).join("") || "/"}]`;

export const complaintsOf = (error: z.ZodError, at: readonly PropertyKey[]): string[] =>
  error.issues.map(({ message, path }) => complain(message, [...at, ...path]));
