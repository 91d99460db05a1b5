import type { HookSettings } from "../../config/hooks.ts";
import { matchesGlob } from "../../pipeline/policy/glob.ts";
import type { ShellCommand } from "./command.ts";
import { gitCallOf } from "./git.ts";

/** What a command is for. */
export type Recognised =
  | { readonly kind: "build" | "test"; readonly tool: string }
  /** The tag is made by the command itself, or else by what it does. */
  | { readonly kind: "release"; readonly tool: string; readonly tag?: string; readonly folder: string | undefined };

type Kind = "build" | "test";
type Own = HookSettings["successArtefacts"]["commands"];

interface Program {
  readonly test?: RegExp;
  readonly build?: RegExp;
  /** It takes targets, of which the first that says something counts; without it, the first word is a subcommand. */
  readonly hasTargets?: true;
  readonly otherwise?: Kind;
}

/** Which subcommands or targets of a program test or build. */
const programs: Readonly<Record<string, Program>> = {
  bun: { test: /^test/, build: /^build/ },
  cargo: { test: /^(?:t|test|nextest)$/, build: /^(?:b|build|c|check|clippy)$/ },
  cmake: { hasTargets: true, build: /^--build$/ },
  ctest: { otherwise: "test" },
  docker: { build: /^buildx?$/ },
  dotnet: { test: /^test$/, build: /^(?:build|publish|pack)$/ },
  go: { test: /^test$/, build: /^(?:build|install|vet)$/ },
  gradle: { hasTargets: true, test: /^(?:.*:)?(?:test|check)/i, build: /^(?:.*:)?(?:build|assemble|compile)/i },
  jest: { otherwise: "test" },
  make: { hasTargets: true, test: /^(?:.*[-_])?(?:tests?|check)(?:[-_].*)?$/, otherwise: "build" },
  mocha: { otherwise: "test" },
  mvn: { hasTargets: true, test: /^(?:test|verify|integration-test)$/, build: /^(?:compile|package|install|deploy)$/ },
  ninja: { hasTargets: true, test: /^(?:tests?|check)(?:-.*)?$/, otherwise: "build" },
  npm: { test: /^(?:t|tst|test)(?:$|:)/, build: /^build/ },
  pytest: { otherwise: "test" },
  tsc: { otherwise: "build" },
  vitest: { otherwise: "test" },
};
const sameAs: Readonly<Record<string, string>> = {
  gmake: "make",
  gradlew: "gradle",
  mvnw: "mvn",
  pnpm: "npm",
  "py.test": "pytest",
  yarn: "npm",
};
/** They run a program of the project, or a script of it that is called after what it does. */
const runners = new Set(["bunx", "exec", "npx", "pnpx", "run", "run-script", "dlx", "x"]);
const version = /^v?\d+\.\d+(?:\.\d+)?(?:[-+.][\w.+-]{1,50})?$/;

/** What a command is for, by its words; undefined for one that we do not know. */
export function recognise(command: ShellCommand, own: Own): Recognised | undefined {
  const { program, words } = command;
  if (program === undefined) return undefined;
  const texts = words.map(({ text }) => text);
  const mine = own.find((one) => one.program === program && one.when.every((pattern) => texts.some((word) => matchesGlob(pattern, word))));
  return (mine && { kind: mine.kind, tool: program }) ?? release(command, texts) ?? built(program, texts);
}

function release(command: ShellCommand, texts: readonly string[]): Recognised | undefined {
  const { program = "", folder } = command;
  const git = gitCallOf(command);
  if (git?.subcommand === "tag") {
    const isOther = git.words.some(({ text }) =>
      /^-[a-zA-Z]*[dlvn]|^--(?:delete|list|verify|contains|points-at|merged|no-merged)/.test(text),
    );
    const tag = git.words.find(({ value }) => value !== undefined && version.test(value))?.value;
    return isOther || tag === undefined ? undefined : { kind: "release", tool: "git tag", tag, folder: git.folder };
  }
  const isNpm = (program === "npm" || program === "pnpm" || program === "yarn") && texts[0] === "version" && texts.length > 1;
  const isCargo = program === "cargo" && texts[0] === "release" && texts.some((text) => text === "-x" || text === "--execute");
  return isNpm || isCargo ? { kind: "release", tool: `${program} ${texts[0]}`, folder } : undefined;
}

function built(program: string, texts: readonly string[]): Recognised | undefined {
  const name = sameAs[program] ?? program;
  if (/^python[\d.]*$/.test(name))
    return texts[0] === "-m" && /^(?:pytest|unittest)$/.test(texts[1] ?? "") ? { kind: "test", tool: texts[1] ?? "" } : undefined;
  const [first = "", second] = texts.filter((text) => !text.startsWith("-"));
  const isRunner = runners.has(name) || (name === "npm" && runners.has(first));
  const inner = runners.has(name) ? first : second;
  if (isRunner && inner !== undefined && Object.hasOwn(programs, sameAs[inner] ?? inner))
    return built(inner, texts.slice(texts.indexOf(inner) + 1));
  const known = Object.hasOwn(programs, name) ? programs[name] : undefined;
  if (!known) return undefined;
  const subcommand = texts.find((text) => !/^[-+]/.test(text)) ?? "";
  for (const word of isRunner && inner !== undefined ? [inner] : known.hasTargets ? texts : [subcommand]) {
    if (known.test?.test(word)) return { kind: "test", tool: program };
    if (known.build?.test(word)) return { kind: "build", tool: program };
  }
  return known.otherwise && !texts.some((text) => /^(?:-h|--help|-v|-V|--version|-n|--dry-run|clean)$/.test(text))
    ? { kind: known.otherwise, tool: program }
    : undefined;
}
