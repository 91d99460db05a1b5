export interface Commit {
  readonly sha: string;
  readonly subject: string;
  readonly body: string;
}

export interface ReleaseNotes {
  readonly tag: string;
  /** Absent for the first release. */
  readonly previous?: string;
  readonly sections: readonly { readonly title: string; readonly changes: readonly string[] }[];
  /** How many commits say nothing to who uses it. */
  readonly others: number;
  readonly commits: number;
}

const titles: Readonly<Record<string, string>> = { feat: "Features", fix: "Fixes", perf: "Speed", revert: "Reverts" };
const breaking = "Breaking changes";
const other = "Other changes";
/** Of changes that nobody sees who does not work on it. */
const internal = new Set(["build", "chore", "ci", "docs", "refactor", "style", "test"]);
/** https://www.conventionalcommits.org/en/v1.0.0/ */
const conventional = /^(?<type>[a-zA-Z]{1,20})(?:\((?<scope>[^()]{1,50})\))?(?<bang>!)?: (?<what>.+)$/;

/** Commits by what they are to who uses it, newest first in each part. */
export function releaseNotes(tag: string, previous: string | undefined, commits: readonly Commit[]): ReleaseNotes {
  const told = commits.flatMap((commit) => {
    const change = changeOf(commit);
    return change ? [change] : [];
  });
  const byTitle = Map.groupBy(told, ({ title }) => title);
  const sections = [breaking, ...Object.values(titles), other].flatMap((title) => {
    const changes = byTitle.get(title) ?? [];
    return changes.length === 0 ? [] : [{ title, changes: changes.map(({ text }) => text) }];
  });
  return { tag, ...(previous !== undefined && { previous }), sections, others: commits.length - told.length, commits: commits.length };
}

function changeOf({ sha, subject, body }: Commit): { readonly title: string; readonly text: string } | undefined {
  const commit = ` (${sha.slice(0, 7)})`;
  if (/^Merge (?:branch|pull request|remote-tracking|tag) /.test(subject)) return undefined;
  const { type = "", scope, bang, what = subject } = conventional.exec(subject)?.groups ?? {};
  const text = `${scope === undefined ? "" : `${scope}: `}${what}${commit}`;
  if (bang !== undefined || /^BREAKING[ -]CHANGE: /m.test(body)) return { title: breaking, text };
  if (internal.has(type.toLowerCase())) return undefined;
  return { title: titles[type.toLowerCase()] ?? other, text };
}

/** A subject is anybody's: it makes no markup, shows no picture, and calls nobody. */
const asText = (change: string): string => change.replaceAll(/[<[\]\\]/g, "\\$&").replaceAll(/(?<![\w`])@(?=\w)/g, "@\u2060");

export function releaseNotesInMarkdown({ tag, previous, sections, others, commits }: ReleaseNotes): string {
  const since = previous === undefined ? "the first release" : `since ${previous}`;
  const parts = sections.map(({ title, changes }) => [`## ${title}`, "", ...changes.map((change) => `- ${asText(change)}`), ""]);
  const rest = others === 0 ? [] : [`${others} more ${others === 1 ? "commit changes" : "commits change"} nothing for who uses it.`, ""];
  return [`# ${tag} (draft)`, "", `${commits} ${commits === 1 ? "commit" : "commits"}, ${since}.`, "", ...parts.flat(), ...rest].join("\n");
}
