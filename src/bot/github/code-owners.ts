/** GitHub does not load a larger file. */
const longestFile = 3 * 1024 * 1024;

/** The patterns that take in every file of a repository. */
const whole: ReadonlySet<string> = new Set(["*", "**", "/**"]);

/** A person: not `@organisation/team`, not an e-mail. */
const person = /^@([A-Za-z0-9](?:[A-Za-z0-9-]{0,38}))$/;

/** Whom a CODEOWNERS file names for the whole repository, by login: the last such line counts, and one without names takes them all back. */
export function toCodeOwners(file: string): readonly string[] {
  if (Buffer.byteLength(file) > longestFile) return [];
  let owners: readonly string[] = [];
  for (const line of file.split("\n")) {
    // Long lines own single files; what begins with none of these need not be taken apart.
    const text = line.trimStart();
    if (!text.startsWith("*") && !text.startsWith("/**")) continue;
    const [pattern = "", ...names] = beforeComment(text).split(/\s+/);
    if (whole.has(pattern)) owners = names.flatMap((name) => person.exec(name)?.[1] ?? []);
  }
  return owners;
}

function beforeComment(line: string): string {
  const at = line.indexOf("#");
  return (at < 0 ? line : line.slice(0, at)).trimEnd();
}
