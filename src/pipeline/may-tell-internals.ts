import type { Services } from "../services.ts";
import { isSameName } from "./same-name.ts";

/**
 * Whether costs and what happens in sessions may stand in a repository: not where everybody can read it, unless the settings say so.
 *
 * @throws ServiceError or UserError when it cannot be found out
 */
export async function mayTellInternals(
  repository: string,
  { internalsOn, repositories }: Pick<Services, "internalsOn" | "repositories">,
): Promise<boolean> {
  return internalsOn.some((each) => isSameName(each, repository)) || (await repositories.isPrivate(repository)) === true;
}
