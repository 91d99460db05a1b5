const looksAt = 100_000;
const longest = 4_096;

/** What a file error says about which file; each is anchored by literals, so that it takes linear time. */
const named: readonly RegExp[] = [
  // Node: ENOENT: no such file or directory, open '/srv/x'
  /\b(?:E[A-Z]{3,11}): [^\n']{1,80} '([^'\n]{1,4096})'/,
  // Python: [Errno 2] No such file or directory: 'x'
  /\[Errno \d{1,3}\] [^\n:]{1,60}: '([^'\n]{1,4096})'/,
  // ls, cp, touch: cannot access 'x': No such file or directory
  /['‘]([^'’\n]{1,4096})['’]: (?:No such file|Permission denied|Read-only|No space|Is a directory|Not a directory|Operation not|Disk quota)/,
  // cat, bash, rustc and most others: x: No such file or directory
  /(?:^|: |\n)(?:\w{1,20}: )?(?:line \d{1,9}: )?([^\s:'"][^:\n'"]{0,400}): (?:No such file|Permission denied(?! \()|Read-only file|No space left|Is a directory|Not a directory|Disk quota)/,
];

/** What programs say before an error that names no file. */
const isWord = /^(?:error|fatal|fatal error|warning|failed)$/i;

/** The file that an error is about, as it stands there; undefined where it names none. */
export function pathInError(error: string): string | undefined {
  const text = error.slice(0, looksAt);
  for (const pattern of named) {
    const path = pattern.exec(text)?.[1]?.trim();
    if (path !== undefined && path !== "" && path.length <= longest && !path.includes("\0") && !isWord.test(path)) return path;
  }
  return undefined;
}
