import type { Discussions } from "./discussions/discussions.ts";
import { mainRepository } from "./seed.ts";

/** Ada's Discussion in the public repository, by its number. */
export function plantDiscussion(discussions: Discussions): number {
  const category = discussions.categories().find(({ slug }) => slug === "q-a");
  if (!category) throw new Error("There is no category q-a.");
  const body = "The m68040 jobs take twice as long since Monday. Does anybody know why?";
  return discussions.open({ repository: mainRepository, title: "Why is CI so slow?", category, author: "ada", body }).number;
}
