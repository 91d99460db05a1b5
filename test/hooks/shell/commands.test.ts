// biome-ignore-all lint/suspicious/noTemplateCurlyInString: it is text for a shell
import fc from "fast-check";
import * as unbash from "unbash";
import { describe, expect, it } from "vitest";
import { written } from "../../../src/hooks/shell/command.ts";
import { commandsIn, longestText } from "../../../src/hooks/shell/commands.ts";
import { hasDangerWords } from "../../../src/hooks/shell/destruction/danger-words.ts";
import { destructionIn } from "../../../src/hooks/shell/destruction/destruction.ts";
import type { Ground } from "../../../src/hooks/shell/destruction/harm.ts";
import { Reader } from "../../../src/hooks/shell/reader.ts";
import { Scope } from "../../../src/hooks/shell/scope.ts";
import { cpuMsOf } from "../../cpu-time.ts";
import { destroying, harmless } from "./corpus.ts";

const surroundings = { folder: "/srv/project", variables: { HOME: "/home/ada", CLAUDE_PROJECT_DIR: "/srv/project" } };
const ground: Ground = {
  project: "/srv/project",
  home: "/home/ada",
  temporary: ["/tmp"],
  protectedBranches: ["main", "master"],
  branchOf: () => "main",
};

const commandsOf = async (text: string) => (await commandsIn(text, surroundings)).commands;
const foldersOf = async (text: string) => (await commandsOf(text)).filter(({ program }) => program === "make").map(({ folder }) => folder);

describe("commands in a text for a shell", () => {
  it.each([
    ["a; b && c || d | e & f", ["a", "b", "c", "d", "e", "f"]],
    ["(a; { b; }) > x", ["", "a", "b"]],
    ["if a; then b; elif c; then d; else e; fi", ["a", "b", "c", "d", "e"]],
    ["for x in $(a); do b; done; while c; do d; done", ["a", "b", "c", "d"]],
    ["case $(a) in $(b)) c;; esac", ["a", "b", "c"]],
    ["f() { a; }; f", ["a", "f"]],
    ['a "$(b `c`)" <(d) >(e)', ["c", "b `c`", "d", "e", "a $(b `c`) <(d) >(e)"]],
    ["X=$(a) Y=${Z:-$(b)} c $((1 + $(d)))", ["a", "b", "d", "c $((1 + $(d)))"]],
    ["cat <<E\n$(a)\nE", ["a", "cat"]],
    ["cat <<'E'\n$(a)\nE", ["cat"]],
    ["[[ -n $(a) ]] && b", ["a", "b"]],
    [
      "sudo -u x env -i A=b timeout -s 9 5 a b",
      ["sudo -u x env -i A=b timeout -s 9 5 a b", "env -i A=b timeout -s 9 5 a b", "timeout -s 9 5 a b", "a b"],
    ],
    ["bash -euo pipefail -c 'a; b'", ["bash -euo pipefail -c a; b", "a", "b"]],
    ["echo a b | xargs -n1 c -d", ["echo a b", "xargs -n1 c -d", "c -d a b"]],
    ["find . -exec a {} + -o -exec b {} \\;", ["find . -exec a {} + -o -exec b {} ;", "a {}", "b {}"]],
    ["a() { b; }; # c\nd", ["b", "d"]],
  ])("are found wherever they stand: %s", async (text, expected) => {
    expect((await commandsOf(text)).map(written)).toEqual(expected);
  });

  it.each([
    ["cd a && make", ["/srv/project/a"]],
    ["cd a; cd ../b; make", ["/srv/project/b"]],
    ["(cd a; make); make", ["/srv/project/a", "/srv/project"]],
    ["cd /x | make; make", ["/srv/project", "/srv/project"]],
    ["cd; make", ["/home/ada"]],
    ["cd ~/a; make", ["/home/ada/a"]],
    ['cd "$X"; make; cd /y; make', [undefined, "/y"]],
    ["cd -; make", [undefined]],
    ["if a; then cd b; make; fi; make", ["/srv/project/b", undefined]],
    ["D=a/b; cd $D; make", ["/srv/project/a/b"]],
    ["pushd a; make; popd; make", ["/srv/project/a", undefined]],
    ["env -C a make", ["/srv/project/a"]],
    ["bash -c 'cd a; make'; make", ["/srv/project/a", "/srv/project"]],
    ["eval 'cd a'; make", ["/srv/project/a"]],
    ["f() { cd a; make; }; make", ["/srv/project/a", "/srv/project"]],
  ])("run where cd says, as far as it is known: %s", async (text, folders) => {
    expect(await foldersOf(text)).toEqual(folders);
  });

  it.each([
    ["a 'b c' \"d e\" f\\ g $'h\\ti'", ["b c", "d e", "f g", "h\ti"]],
    ['a ~/b "~/b" $HOME "$HOME/c"', ["/home/ada/b", "~/b", "/home/ada", "/home/ada/c"]],
    ['X=1; a $X ${X} "$X$X" $Y', ["1", "1", "11", undefined]],
    ["X='b c'; a $X \"$X\"", ["b", "c", "b c"]],
    ["a {b,c}d {1..3}", ["bd", "cd", "1", "2", "3"]],
    ["for x in b c; do a $x; done", ["b", "c"]],
    ["a $(b) `c` $((1+1)) $?", [undefined, undefined, undefined, undefined]],
    ['a "$(echo b)" "$(printf \'%s-%s\\n\' b c)" "$(cat <<E\nb\nE\n)"', ["b", "b-c", "b"]],
    ["if b; then X=1; fi; a $X", [undefined]],
    ["X=1; (X=2); a $X", ["1"]],
    ["X=1; read X; a $X", [undefined]],
  ])("have words that are known where they can be: %s", async (text, values) => {
    const command = (await commandsOf(text)).find(({ program }) => program === "a");

    expect(command?.words.map(({ value }) => value)).toEqual(values);
  });

  it("say what they read and what is piped into them", async () => {
    const [, second] = await commandsOf("echo a | b <<E\n\tc $X\nE");

    expect(second).toMatchObject({ input: { text: "\tc $X\n" }, pipedFrom: [{ program: "echo" }] });
  });

  it("tell when a text cannot be read whole", async () => {
    const problems = await Promise.all(
      ["a; b", "a 'b", "if a", `${"a;".repeat(40_000)}`, `${"a;".repeat(3_000)}`].map((text) => commandsIn(text, surroundings)),
    );

    expect(problems.map(({ problem }) => problem !== undefined)).toEqual([false, true, true, true, true]);
  });

  it("are found in any text at all without an error", async () => {
    const pieces = [
      "rm -rf /",
      "$(",
      ")",
      "`",
      '"',
      "'",
      "<<E\n",
      "E\n",
      "{",
      "}",
      "if ",
      "then ",
      "fi",
      ";",
      "|",
      "&",
      "${x:-",
      "$((",
      "))",
      "case a in ",
      "esac",
      "\\",
      "cd ",
      "~",
      "*",
      "=",
      "bash -c ",
      "eval ",
      "xargs ",
      "\0",
      "é",
      "\ud800",
      "git push -f ",
      "find . -exec ",
    ];
    const texts = fc.oneof(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.array(fc.constantFrom(...pieces), { maxLength: 25 }).map((each) => each.join("")),
    );

    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const read = await commandsIn(text, surroundings);
        destructionIn(read, ground, ["a **"]);
        hasDangerWords(text);
      }),
      { numRuns: 200 },
    );
  });

  it("that destroy nothing stay so in quotes and comments", async () => {
    const quoted = [...destroying.map(([command]) => command), ...harmless].flatMap((command) => {
      const single = `'${command.replaceAll("'", `'\\''`)}'`;
      return [
        `echo ${single}`,
        `git commit -m ${single}`,
        `cat > x <<'END-OF-IT'\n${command}\nEND-OF-IT`,
        `ls # ${command.replaceAll("\n", " ")}`,
        `X=${single}`,
      ];
    });

    const found = await Promise.all(quoted.map(async (text) => destructionIn(await commandsIn(text, surroundings), ground, [])));

    expect(quoted.filter((_, index) => found[index] !== undefined)).toEqual([]);
  });

  it("that destroy do so too wherever they are run", async () => {
    const wrapped = destroying
      .map(([command]) => command.replaceAll("%ROOT%", "/srv/project"))
      .filter((command) => !command.includes("END"))
      .flatMap((command) => [
        `ls; ${command}`,
        `if true; then ${command}\nfi`,
        `(${command}\n)`,
        `x=$(${command}\n)`,
        `bash -c '${command.replaceAll("'", `'\\''`)}'`,
      ]);

    const found = await Promise.all(wrapped.map(async (text) => destructionIn(await commandsIn(text, surroundings), ground, [])));

    expect(wrapped.filter((_, index) => found[index] === undefined)).toEqual([]);
  });

  const hostile = [
    "$(",
    '"$(',
    "`a`",
    "<<A ",
    "{a,b}",
    "${a:-b}",
    "echo a|",
    "B=$B$B;",
    "eval ",
    "sudo ",
    "$((",
    "<(",
    "cd a;",
    "find -exec ",
    "(a|b)|",
  ];
  it.each(hostile)("need little time for as much as is read of %j", (piece) => {
    const text = piece.repeat(Math.floor(longestText / piece.length));
    const read = () => {
      const reader = new Reader(unbash);
      reader.read(text, new Scope(surroundings.folder, surroundings.variables));
      hasDangerWords(text);
      return destructionIn({ commands: reader.commands }, ground, []);
    };

    expect(cpuMsOf(read, 1_000)).toBeLessThan(1_000);
  });
});
