import type * as Unbash from "unbash";
import type { ShellCommand } from "./command.ts";
import { Expander } from "./expand.ts";
import { outputOf } from "./output.ts";
import { redirectsOf } from "./redirects.ts";
import { type Run, runsOf } from "./runs.ts";
import type { Scope } from "./scope.ts";
import { type Piece, type ShellWord, text, toWord, unknown } from "./word.ts";

type Parser = Pick<typeof Unbash, "parse" | "forEachChild">;

/** What stands around a command. */
interface Around {
  readonly pipedFrom: readonly ShellCommand[];
  readonly input: ShellWord | undefined;
  readonly functions: readonly string[];
  readonly isParallel: boolean;
}

const nothingAround: Around = { pipedFrom: [], input: undefined, functions: [], isParallel: false };
/** Each level of substitutions is parsed again, so that their number is what bounds the time. */
const deepest = 24;
const mostCommands = 2_000;
const mostPiped = 100;
const mostNestedText = 262_144;

/** Walks through a text for a shell in the order in which it would run, and gathers its commands. */
export class Reader {
  readonly commands: ShellCommand[] = [];
  problem: string | undefined;
  readonly #parser: Parser;
  readonly #expander: Expander;
  readonly #simple = new WeakMap<Unbash.Command, ShellCommand>();
  #around: Around = nothingAround;
  #depth = 0;
  #nestedLength = 0;

  constructor(parser: Parser) {
    this.#parser = parser;
    this.#expander = new Expander({
      run: (script, scope) => {
        const commands = this.#added(() => this.#script(script, scope.copy(), nothingAround));
        return { commands, output: script.commands.length === 1 ? this.#outputOf(script.commands[0]?.command) : undefined };
      },
      visitInside: (part, scope) => this.#inside(part, scope),
    });
  }

  read(source: string, scope: Scope): void {
    this.#script(this.#parser.parse(source), scope, this.#around);
  }

  #script(script: Unbash.ParsedScript, scope: Scope, around: Around): void {
    if (script.errors?.[0]) this.problem ??= script.errors[0].message;
    this.#deeper({ ...around, functions: this.#around.functions }, () => {
      for (const statement of script.commands) this.#visit(statement, scope);
    });
  }

  #visit(node: Unbash.SyntaxNode, scope: Scope): void {
    if (this.commands.length >= mostCommands) {
      this.problem = "it has too many commands";
      return;
    }
    switch (node.type) {
      case "Command":
        this.#command(node, scope);
        break;
      case "Statement":
        if (node.background) this.#with({ ...this.#around, isParallel: true }, () => this.#visit(node.command, scope.copy()));
        else this.#visit(node.command, scope);
        break;
      case "Pipeline":
        this.#pipeline(node, scope);
        break;
      case "Subshell":
        this.#visit(node.body, scope.copy());
        break;
      case "Redirected":
        this.#redirected(node, scope);
        break;
      case "Function": {
        const functions = [...this.#around.functions, node.name.value];
        this.#with({ ...this.#around, functions }, () => this.#visit(node.body, scope.copy()));
        break;
      }
      case "For":
      case "Select": {
        const words = (node.wordlist ?? []).flatMap((word) => this.#expander.words(word, scope));
        scope.assign(node.name.value, node.wordlist ? words.map(({ pieces }) => pieces) : [[unknown(`$${node.name.value}`)]]);
        this.#perhaps(node.body, scope);
        break;
      }
      case "If":
        this.#visit(node.clause, scope);
        for (const branch of [node.then, ...node.elif, ...(node.else ? [node.else] : [])]) this.#perhaps(branch, scope);
        break;
      case "While":
        this.#visit(node.clause, scope);
        this.#perhaps(node.body, scope);
        break;
      case "CaseItem":
        for (const word of node.pattern) this.#visit(word, scope);
        this.#perhaps(node.body, scope);
        break;
      case "Word":
        this.#expander.words(node, scope);
        break;
      case "CommandExpansion":
      case "ProcessSubstitution":
      case "ArithmeticCommandExpansion":
        if (node.script) this.#script(node.script, scope.copy(), nothingAround);
        break;
      default:
        this.#inside(node, scope);
    }
  }

  #inside(node: Unbash.SyntaxNode, scope: Scope): void {
    this.#parser.forEachChild(node, (child) => this.#visit(child, scope));
  }

  #perhaps(node: Unbash.SyntaxNode, scope: Scope): void {
    const inside = scope.copy();
    this.#visit(node, inside);
    scope.forgetWhatChangedIn(inside);
  }

  #pipeline({ commands }: Unbash.Pipeline, scope: Scope): void {
    const [first, ...rest] = commands;
    if (!first) return;
    if (rest.length === 0) {
      this.#visit(first, scope);
      return;
    }
    const outside = this.#around.pipedFrom;
    const before = [...this.#added(() => this.#with({ ...this.#around, isParallel: true }, () => this.#visit(first, scope.copy())))];
    for (const [index, node] of rest.entries()) {
      if (this.commands.length >= mostCommands) break;
      const output = this.#outputOf(commands[index]);
      const around = {
        ...this.#around,
        pipedFrom: [...outside, ...before].slice(0, mostPiped),
        isParallel: true,
        input: output && toWord(output),
      };
      before.push(...this.#added(() => this.#with(around, () => this.#visit(node, scope.copy()))));
    }
  }

  /** What a part of a pipe prints, where it is a simple command that says it. */
  #outputOf(node: Unbash.SyntaxNode | undefined): readonly Piece[] | undefined {
    const last = node?.type === "Pipeline" ? node.commands.at(-1) : node;
    const command = last?.type === "Command" ? this.#simple.get(last) : undefined;
    return command && outputOf(command);
  }

  #redirected(node: Unbash.Redirected, scope: Scope): void {
    const { redirects, input } = redirectsOf(node.redirects, scope, this.#expander);
    if (redirects.length > 0) this.#add({ program: undefined, words: [], redirects, folder: scope.folder });
    this.#with({ ...this.#around, ...(input && { input }) }, () => this.#visit(node.command, scope));
  }

  #command(node: Unbash.Command, scope: Scope): void {
    const inner = node.name ? scope.copy() : scope;
    for (const part of node.prefix) if (part.type === "Assignment") this.#assign(part, inner);
    const { redirects, input } = redirectsOf(node.redirects, scope, this.#expander);
    const all = [...(node.name ? this.#expander.words(node.name, scope) : []), ...node.args.flatMap((arg) => this.#argument(arg, scope))];
    this.#with({ ...this.#around, ...(input && { input }) }, () => {
      const command = this.#run(all, redirects, scope, inner);
      if (command) this.#simple.set(node, command);
    });
  }

  /** @param inner with what stands as `A=b` before the command */
  #run(all: readonly ShellWord[], redirects: ShellCommand["redirects"], scope: Scope, inner: Scope): ShellCommand | undefined {
    const [first, ...words] = all;
    if (!first && redirects.length === 0) return undefined;
    const program = first?.value?.slice(first.value.lastIndexOf("/") + 1);
    const command = this.#add({ program, words, redirects, folder: inner.folder });
    if (program === "cd" || program === "pushd") scope.changeFolder(words);
    else if (program === "popd") scope.folder = undefined;
    else if (program === "read" || program === "mapfile" || program === "readarray" || program === "unset") {
      for (const { value } of words) if (value && /^[a-zA-Z_]\w*$/.test(value)) scope.assign(value, [[unknown(`$${value}`)]]);
    }
    for (const run of runsOf(command)) this.#nested(run, program === "eval" ? scope : inner.copy());
    return command;
  }

  #nested(run: Run, scope: Scope): void {
    if (run.kind === "script") {
      this.#nestedLength += run.text.length;
      if (this.#nestedLength > mostNestedText) {
        this.problem ??= "commands are nested too deeply";
        return;
      }
      this.#script(this.#parser.parse(run.text), scope, { ...this.#around, input: undefined });
      return;
    }
    scope.folder = run.folder;
    this.#deeper(this.#around, () => this.#run(run.words, [], scope, scope));
  }

  /** `export A=b` is an assignment as much as `A=b`. */
  #argument(argument: Unbash.CommandArgument, scope: Scope): readonly ShellWord[] {
    if (argument.type === "Word") return this.#expander.words(argument, scope);
    const [value = []] = this.#assign(argument, scope);
    return [toWord([text(`${argument.name}=`), ...value])];
  }

  #assign({ name, value, append, index }: Unbash.Assignment, scope: Scope) {
    if (value.type === "Word" && !index) {
      const ways = this.#expander.ways(value, scope);
      scope.assign(name, append ? [[unknown(`$${name}`, false)]] : ways);
      return ways;
    }
    if (value.type === "ArrayValue") for (const element of value.elements) this.#expander.words(element, scope);
    else this.#expander.words(value, scope);
    scope.assign(name, [[unknown(`$${name}`)]]);
    return [];
  }

  #add(command: Omit<ShellCommand, keyof Around>): ShellCommand {
    const { pipedFrom, input, functions, isParallel } = this.#around;
    const added = { ...command, pipedFrom, input, functions, isParallel };
    this.commands.push(added);
    return added;
  }

  #added(act: () => void): readonly ShellCommand[] {
    const before = this.commands.length;
    act();
    return this.commands.slice(before);
  }

  #deeper(around: Around, act: () => void): void {
    if (this.#depth >= deepest) {
      this.problem ??= "commands are nested too deeply";
      return;
    }
    this.#depth++;
    this.#with(around, act);
    this.#depth--;
  }

  #with(around: Around, act: () => void): void {
    const outside = this.#around;
    this.#around = around;
    act();
    this.#around = outside;
  }
}
