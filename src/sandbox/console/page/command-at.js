const name = /^ {0,3}\/(?:c(?:i(?:[ -](\S*))?)?)?$/i;
const withArguments = /^ {0,3}\/ci[ -](\S+)\s/i;

/**
 * What stands before the caret: a command's name so far, with where it begins, or the name of a command whose arguments are being typed.
 * Undefined where no command stands at the line's start.
 */
export function commandAt(text, caret) {
  const lineStart = text.lastIndexOf("\n", caret - 1) + 1;
  const line = text.slice(lineStart, caret);
  const typed = name.exec(line);
  if (typed) return { kind: "name", name: (typed[1] ?? "").toLowerCase(), from: lineStart + line.indexOf("/") };
  const complete = withArguments.exec(line);
  return complete ? { kind: "arguments", name: complete[1].toLowerCase() } : undefined;
}

/** The commands that it may become: those that begin so, then those that have it inside. */
export function matching(commands, typed) {
  const begin = commands.filter(({ name }) => name.startsWith(typed));
  return [...begin, ...commands.filter(({ name }) => !name.startsWith(typed) && name.includes(typed))];
}
