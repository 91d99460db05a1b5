import { type AndOr, type Command, type PipelineNode, parse, type Redirection, type Word } from "unbash";

/** What makes two runs of a shell the same command, however their output was looked at and from wherever they were started. */
export interface SameCommand {
  readonly text: string;
  /** Where it ran, as `cd` before it said: each from the one before. */
  readonly folders: readonly string[];
  /** Its exit code is the command's own, and not that of something behind it. */
  readonly tellsEnd: boolean;
}

/** Longer ones are whole programs: equal when every character is. */
const longestParsed = 8_000;

/** They show what a command prints, and end well whatever it did. */
const viewers = new Set(["cat", "head", "less", "more", "tail", "tee"]);
/** They say something behind a command. */
const sayers = new Set([":", "date", "echo", "printf", "sleep", "true"]);
/** They change what is printed, and not what is done. */
const shownOnly =
  /^(?:RUST_BACKTRACE|RUST_LOG|CARGO_TERM_\w+|(?:FORCE|NO|CLICOLOR)_?(?:COLOR|FORCE)|CLICOLOR|TERM|COLUMNS|PAGER|GIT_PAGER|DEBUG|VERBOSE|V|LOG_LEVEL|PYTHONUNBUFFERED|PYTHONFAULTHANDLER|NODE_DEBUG)$/;

export function sameCommand(source: string): SameCommand {
  const asWritten = { text: inOneLine(source), folders: [], tellsEnd: true };
  if (source.length > longestParsed) return asWritten;
  const { commands: statements, errors = [] } = parse(source);
  if (errors.length > 0) return asWritten;

  const steps = statements.flatMap(({ command, background }) => toSteps(command, background === true));
  const { folders, isPipeFailing } = takeBeginning(steps);
  const isEndTold = takeEnd(steps);
  const last = steps.at(-1);
  const texts = steps.map(({ node, before }, at) => `${at === 0 ? "" : before === ";" ? "; " : ` ${before} `}${textOf(node, source)}`);
  const text = texts.join("");
  if (text === "" || !last) return asWritten;
  return { text, folders, tellsEnd: isEndTold && !last.isBackground && (isPipeFailing || !steps.some(({ node }) => isViewed(node))) };
}

interface Step {
  readonly node: PipelineNode;
  readonly before: ";" | "&&" | "||";
  readonly isBackground: boolean;
}

function toSteps(node: PipelineNode | AndOr, isBackground: boolean): readonly Step[] {
  if (node.type !== "AndOr") return [{ node, before: ";", isBackground }];
  return node.commands.map((each, at) => ({ node: each, before: node.operators[at - 1] ?? ";", isBackground }));
}

/** Takes away what only says where and how the rest runs. */
function takeBeginning(steps: Step[]): { readonly folders: readonly string[]; readonly isPipeFailing: boolean } {
  const folders: string[] = [];
  let isPipeFailing = false;
  for (let next = steps[0]; next && steps.length > 1 && steps[1]?.before !== "||"; next = steps[0]) {
    const words = plainWords(next.node);
    if (words?.[0] === "cd" && words.length === 2 && isLiteral(words[1])) folders.push(words[1]);
    else if (words?.[0] === "set") isPipeFailing ||= words.includes("pipefail");
    else break;
    steps.shift();
  }
  return { folders, isPipeFailing };
}

/** Takes away what is only said behind it; false when its own end is not told for that. */
function takeEnd(steps: Step[]): boolean {
  let isTold = true;
  for (let last = steps.at(-1); last && steps.length > 1 && sayers.has(nameOf(last.node) ?? ""); last = steps.at(-1)) {
    isTold &&= last.before === "&&";
    steps.pop();
  }
  return isTold;
}

const nameOf = (node: PipelineNode): string | undefined => (node.type === "Command" ? node.name?.value : undefined);

const isViewed = (node: PipelineNode): boolean => node.type === "Pipeline" && viewers.has(nameOf(node.commands.at(-1) ?? node) ?? "");

/** The words of a simple command without assignments and redirections. */
function plainWords(node: PipelineNode): readonly string[] | undefined {
  if (node.type !== "Command" || node.prefix.length > 0 || !node.name) return undefined;
  return node.suffix.every(({ type }) => type === "Word")
    ? [node.name.value, ...node.suffix.map((word) => (word as Word).value)]
    : undefined;
}

const isLiteral = (path: string | undefined): path is string => path !== undefined && /^[^$`*?~[{-][^$`*?[{]*$/.test(path);

function textOf(node: PipelineNode, source: string): string {
  if (node.type === "Command") return commandText(node, source);
  if (node.type !== "Pipeline") return inOneLine(source.slice(node.pos, node.end));
  const stages = [...node.commands];
  while (stages.length > 1 && viewers.has(nameOf(stages.at(-1) as PipelineNode) ?? "")) stages.pop();
  const isNegated = node.prefixes.some(({ type }) => type === "Negation");
  return `${isNegated ? "! " : ""}${stages.map((stage) => textOf(stage, source)).join(" | ")}`;
}

function commandText({ prefix, name, suffix }: Command, source: string): string {
  const set: string[] = [];
  const words: string[] = [];
  for (const part of [...prefix, ...(name ? [name] : []), ...suffix]) {
    if (part.type === "Assignment" && words.length === 0) set.push(part.text);
    else if (part.type === "Word" || part.type === "Assignment") words.push(part.text);
    else if (!isOnlyShown(part)) words.push(redirectionText(part, source));
  }
  const { assignments, rest } = unwrapped(words);
  const kept = [...set, ...assignments].filter((text) => !shownOnly.test(text.slice(0, text.indexOf("="))));
  return [...kept.toSorted(), ...rest].join(" ");
}

/** Standard error goes elsewhere, or output goes nowhere. */
const isOnlyShown = (part: Redirection): boolean =>
  part.type === "Redirect" &&
  ((part.descriptor?.type === "FileDescriptor" && part.descriptor.value === 2) || part.target?.value === "/dev/null");

const redirectionText = (part: Redirection, source: string): string =>
  source.slice(part.pos, part.end) + (part.type === "HereDoc" ? ` ${part.body.text}` : "");

const isAssignment = (word: string | undefined): word is string => word !== undefined && /^[A-Za-z_]\w*=/.test(word);

/** Without the programs that run another one for a while, faster or slower, or in another environment. */
function unwrapped(words: readonly string[]): { readonly assignments: readonly string[]; readonly rest: readonly string[] } {
  let rest = words;
  const assignments: string[] = [];
  const takeOptions = () => {
    while (rest[0]?.startsWith("-")) rest = rest.slice(/^-[knsi]$/.test(rest[0]) ? 2 : 1);
  };
  for (;;) {
    const [wrapper, ...behind] = rest;
    if (!["command", "env", "nice", "stdbuf", "time", "timeout"].includes(wrapper ?? "") || behind.length === 0)
      return { assignments, rest };
    // `env -i` and `command -v` do something else.
    if ((wrapper === "env" || wrapper === "command") && behind[0]?.startsWith("-")) return { assignments, rest };
    rest = behind;
    takeOptions();
    if (wrapper === "timeout") rest = rest.slice(1);
    for (let first = rest[0]; wrapper === "env" && isAssignment(first); first = rest[0]) {
      assignments.push(first);
      rest = rest.slice(1);
    }
    if (rest.length === 0) return { assignments: [], rest: words };
  }
}

const inOneLine = (text: string): string => text.trim().replace(/\s+/g, " ");
