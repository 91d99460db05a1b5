import { ServiceError, UserError } from "../../errors.ts";

const longest = 500;

/** An error for the hook log. What the language or the system says of one may quote what it was given: text, or the path of a file. */
export function failureInWords(error: unknown): string {
  if (!(error instanceof Error)) return "something that is no error";
  if (error instanceof ServiceError || error instanceof UserError) return error.message.slice(0, longest);
  const { code, path, stack = "" } = error as NodeJS.ErrnoException;
  const isQuoting = error instanceof SyntaxError || path !== undefined;
  const what = `${error.name}${code === undefined ? "" : ` ${code}`}${isQuoting ? "" : `: ${error.message}`}`;
  const frames = stack.split("\n").filter((line) => /^\s+at /.test(line));
  return [what, ...frames].join("\n").slice(0, longest);
}
