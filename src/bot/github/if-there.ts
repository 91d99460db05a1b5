import { isNotFound } from "./errors.ts";

/**
 * Changes something that somebody may have deleted.
 *
 * @returns its id; undefined when it is gone
 */
export async function ifThere(id: string, change: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await change();
    return id;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
