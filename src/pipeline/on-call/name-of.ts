import { ServiceError } from "../../errors.ts";
import type { Workspace } from "../workspace.ts";

/** What somebody is called; their id where Slack cannot tell: who is on call must be said all the same. */
export async function nameOf(person: string, workspace: Pick<Workspace, "member">): Promise<string> {
  try {
    return (await workspace.member(person)).name;
  } catch (error) {
    if (error instanceof ServiceError) return person;
    throw error;
  }
}
