import { UserError } from "../errors.ts";
import { followedAmong } from "../pipeline/incidents/pipeline-of.ts";
import type { Services } from "../services.ts";
import type { Context, Target } from "./command.ts";

type Needs = Pick<Services, "followed">;

/** Whether there may be incidents to speak of. */
export const hasIncidents = (repository: string | undefined, { followed }: Needs): boolean =>
  repository !== undefined && followedAmong(followed, repository) !== undefined;

/** The repository, where its failures are followed. Throws UserError (not_applicable) that says what to configure. */
export function followedHere({ target }: Pick<Context, "target">, services: Needs): string {
  const { repository } = target as Target;
  if (hasIncidents(repository, services)) return repository;
  const sentence = `The failures of ${repository} are not followed, so it has no incidents. A maintainer can have them followed in config/nextrust.yml, under incidents.`;
  throw new UserError("not_applicable", "not_followed", sentence);
}
