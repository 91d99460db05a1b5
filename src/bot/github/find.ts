import type { z } from "zod";
import type { GitHub } from "./client.ts";
import { isNotFound, toGitHubError } from "./errors.ts";

/**
 * Asks GraphQL about a repository.
 *
 * @returns undefined where GitHub knows no such thing or does not show it to us
 * @throws ServiceError when GitHub cannot be asked, UserError when the App is not installed there
 */
export async function find<T>(
  github: GitHub,
  repository: string,
  document: string,
  variables: Record<string, unknown>,
  schema: z.ZodType<T>,
): Promise<T | undefined> {
  const { query } = await github.forRepository(repository);
  try {
    return schema.parse(await query(document, variables));
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw toGitHubError(error);
  }
}
