import { UserError } from "../../errors.ts";

/** What a command is about, as far as it was said; the edge fills in the rest. */
export interface TargetRef {
  /** `owner/name` */
  readonly repository?: string;
  readonly pullRequest?: number;
  /** A branch, a tag or a commit. */
  readonly ref?: string;
}

const forms =
  "Name a pull request (#12, owner/repo#12 or its URL), a branch (main, owner/repo@main), a commit (ab12cd3) or a repository (owner/repo@).";

/** GitHub's names; the underscore is for managed users, such as `ada_corp`. */
const repositoryName = /^[a-z\d](?:[a-z\d]|[-_](?=[a-z\d])){0,38}\/(?!\.\.?$)[\w.-]{1,100}$/i;

/** What git refuses in a reference, and a leading hyphen, which a tool could read as a flag. */
const badRef = /[\s\p{C}~^:?*[\\]|\.\.|@\{|\/\/|^[-/.]|[/.]$|\.lock$|^@$/u;

/**
 * Whether a word among others can only be a target: `#12`, `owner/repo#12`, the URL of a pull request, `@main`, `owner/repo@main`.
 * A bare branch name could as well be the name of a job.
 */
export function isExplicitTarget(word: string): boolean {
  return /^(?:[^\s#@]+\/[^\s#@]+)?#\d+$|^(?:[^\s#@/]+\/[^\s#@/]+)?@\S*$|^https?:\/\/\S+\/pull\/\d+/.test(word);
}

/**
 * A name with a slash is a branch, as `feature/x` usually is. A repository is known by what follows it:
 * `owner/repo#12` a pull request, `owner/repo@main` a branch or commit, `owner/repo@` its default branch.
 */
export function parseTarget(word: string): TargetRef {
  const [, repositoryInUrl, numberInUrl] = /^https?:\/\/[^/\s]+\/([^/\s]+\/[^/\s]+)\/pull\/(\d+)(?:[/?#]\S*)?$/i.exec(word) ?? [];
  if (repositoryInUrl !== undefined && numberInUrl !== undefined) {
    return { repository: parseRepository(repositoryInUrl, word), pullRequest: parseNumber(numberInUrl, word) };
  }

  const [, before = "", separator, after = ""] = /^([^#@]*)([#@])?(.*)$/s.exec(word) ?? [];
  if (separator === undefined) return { ref: parseBareRef(word) };
  const repository = before === "" ? {} : { repository: parseRepository(before, word) };
  if (separator === "#") return { ...repository, pullRequest: parseNumber(after, word) };
  return after === "" && before !== "" ? repository : { ...repository, ref: parseRef(after, word) };
}

function parseBareRef(word: string): string {
  // Seven digits and more may be a commit; fewer are a pull request without its sign.
  if (/^\d{1,6}$/.test(word)) throw badTarget(word, `Did you mean #${word}?`);
  return parseRef(word, word);
}

function parseRepository(name: string, word: string): string {
  if (repositoryName.test(name)) return name;
  throw badTarget(word, `“${name}” is no repository: it would be owner/repo.`);
}

function parseNumber(digits: string, word: string): number {
  const number = /^[1-9]\d{0,9}$/.test(digits) ? Number(digits) : 0;
  // GitHub's numbers are 32-bit, and GraphQL refuses anything above.
  if (number > 0 && number < 2 ** 31) return number;
  throw badTarget(word, `“${digits}” is no pull request's number.`);
}

function parseRef(ref: string, word: string): string {
  if (ref !== "" && ref.length <= 255 && !badRef.test(ref)) return ref;
  throw badTarget(word, `“${ref}” is no branch or commit.`);
}

function badTarget(word: string, problem: string): UserError {
  return new UserError("invalid", "bad_target", `I cannot tell what “${word.slice(0, 100)}” is. ${problem} ${forms}`);
}
