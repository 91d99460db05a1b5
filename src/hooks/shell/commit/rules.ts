import type { CommitMessageSettings } from "../../../config/hooks/commit-message.ts";
import { unknownPart } from "./message.ts";

/** What git writes itself, and what is folded into another commit before anybody sees it. */
const byGit = /^(?:Merge |Revert "|Reapply "|(?:fixup|squash|amend)! )/;
const unfinished = /(?:^|[\s([{:])(?:wip|work in progress)(?:$|[\s)\]}:.,!])/i;

/** @returns what is wrong with a subject, a sentence for each rule; what is not known of it is not judged */
export function problemsOf(
  subject: string,
  { types, minLength, maxLength }: CommitMessageSettings,
  protectedBranch: string | undefined,
): readonly string[] {
  if (subject === "" || byGit.test(subject)) return [];
  const isUnfinished = unfinished.test(subject);
  if (isUnfinished && protectedBranch === undefined) return [];
  const known = subject.split(unknownPart, 1)[0] ?? "";
  const isWhole = known.length === subject.length;
  const length = [...known].length;
  return [
    ...(isUnfinished ? [`Work in progress does not go onto ${protectedBranch}: commit it on a branch of its own.`] : []),
    ...(hasType(known, isWhole, types)
      ? []
      : [`A subject begins with a type, such as fix: or feat(scope):, and types are ${types.join(", ")}.`]),
    ...(isWhole && length < minLength ? [`A subject has at least ${minLength} characters, and this one has ${length}.`] : []),
    ...(length > maxLength
      ? [`A subject has at most ${maxLength} characters, and this one has ${isWhole ? length : `more than ${length - 1}`}.`]
      : []),
  ];
}

/** Of a subject that is not known to its end, whether it may yet come. */
function hasType(known: string, isWhole: boolean, types: readonly string[]): boolean {
  const [, type = "", scope, end] = /^([^\s(!:]*)(\([^()]*\)?)?(!?:? ?)/.exec(known) ?? [];
  const isClosed = scope === undefined || /^\([^()]+\)$/.test(scope);
  const rest = known.slice(type.length + (scope?.length ?? 0) + (end?.length ?? 0));
  const isHeader = types.includes(type) && isClosed && /^!?: $/.test(end ?? "");
  if (isWhole) return isHeader && rest !== "";
  if (isHeader) return true;
  if (rest !== "" || (end ?? "").includes(" ")) return false;
  if (scope !== undefined || end !== "") return types.includes(type) && (isClosed || end === "");
  return types.some((each) => each.startsWith(type));
}

/** A subject that keeps to the rules; undefined where they leave no room for it. */
export function exampleFor({ types, minLength, maxLength }: CommitMessageSettings): string | undefined {
  const example = `${types.includes("fix") ? "fix" : types[0]}: stop the build when a patch is missing`;
  return example.length >= minLength && example.length <= maxLength ? example : undefined;
}
