import type { KnownRepository } from "../access.ts";

/** The fields of a repository that need no look-up. */
export function repositorySummary({ fullName, isPrivate }: KnownRepository, url: string) {
  return {
    __typename: "Repository",
    name: fullName.split("/")[1],
    nameWithOwner: fullName,
    url: `${url}/${fullName}`,
    isPrivate,
    visibility: isPrivate ? "PRIVATE" : "PUBLIC",
  };
}
