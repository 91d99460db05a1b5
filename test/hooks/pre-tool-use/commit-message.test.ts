// biome-ignore-all lint/suspicious/noTemplateCurlyInString: it is text for a shell
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commitMessage } from "../../../src/hooks/pre-tool-use/commit-message.ts";
import { aCheckout, type Checkout } from "../a-checkout.ts";
import { aContext } from "../a-context.ts";
import { aCommand } from "../captured/payload.ts";

let checkout: Checkout;
let context: ReturnType<typeof aContext>;
beforeAll(() => {
  checkout = aCheckout({
    "good.txt": "fix: read the whole of the file\n",
    "bad.txt": "stuff\n",
    "sub/bad.txt": "\n\nmore stuff\n\nfix: no\n",
  });
  context = aContext(checkout);
});
afterAll(() => {
  context[Symbol.dispose]();
  checkout[Symbol.dispose]();
});

const saidOf = async (command: string, settings?: object) => {
  if (!settings) return await commitMessage.run(aCommand(command), context);
  using other = aContext(checkout, { settings: { commitMessage: settings } });
  return await commitMessage.run(aCommand(command), other);
};

const good = [
  "git commit -m 'fix: stop the build early'",
  'git commit -m "feat(api)!: take no lists anymore"',
  "git commit -am 'docs: tell how it is run'",
  "git commit -qam'chore: tidy the folder'",
  "git commit -m 'fix: stop the build' -m 'stuff'",
  "git commit --message='fix: stop the build'",
  "git commit --message 'fix: stop the build' --no-verify",
  "git commit -m $'fix: stop the build\\n\\nIt\\'s late'",
  "git commit -m fix:\\ stop\\ the\\ build",
  'git commit -m "$(cat <<\'EOF\'\nfix: stop the build when $x is missing\n\nIt "quoted" `this`, and (that).\n\n🤖 Generated with [Claude Code](https://claude.com/claude-code)\n\nCo-Authored-By: Claude <noreply@anthropic.com>\nEOF\n)"',
  'git add -A && git commit -m "$(cat <<EOF\nfix: stop the build at ${STEP}\nEOF\n)" && git push',
  "git commit -F good.txt",
  "git commit --file=good.txt",
  "git -C sub commit -F ../good.txt",
  "git commit -F - <<'EOF'\nfix: stop the build\n\n# it is bad\nEOF",
  "git commit -F - <<-EOF\n\t\tfix: stop the build\n\tEOF",
  "echo 'fix: stop the build' | git commit -F -",
  "printf 'fix: %s\\n\\n%s\\n' 'stop the build' body | git commit -F-",
  "cat <<'EOF' | git commit --file=-\nfix: stop the build\nEOF",
  "git commit -F - <<< 'fix: stop the build'",
  "echo 'fix: stop the build' > msg && git commit -F msg",
  "M='fix: stop the build'; git commit -m \"$M\"",
  'git commit -m "$MESSAGE"',
  'git commit -m "fix: $MESSAGE"',
  'git commit -m "$TYPE: stop"',
  'git commit -m "fix($SCOPE): stop"',
  'git commit -m "fi$REST"',
  'git commit -m "$(generate-message)"',
  "generate-message | git commit -F -",
  "generate-message > bad.txt; git commit -F bad.txt",
  "vim bad.txt; git commit -F bad.txt",
  "git commit -F missing.txt",
  "git commit -F /dev/null",
  "git commit",
  "git commit -a",
  "git commit --amend",
  "git commit --amend --no-edit",
  "git commit --amend -C HEAD",
  "git commit -c HEAD~1",
  "git commit --fixup HEAD~2",
  "git commit --fixup=amend:abc -m stuff",
  "git commit --squash=HEAD~1 -m stuff",
  "git commit -t bad.txt",
  "git commit --dry-run -m stuff",
  "git commit -m \"Merge branch 'x' into y\"",
  "git commit -m 'Revert \"feat: stop\"'",
  "git commit -m 'fixup! stuff'",
  "git commit --cleanup=strip -m '# a comment\nfix: stop the build'",
  "git commit -e -m '# a comment' -m 'fix: stop the build'",
  "git commit -m ''",
  "git commit --cleanup=scissors -m '# ------------------------ >8 ------------------------\nstuff'",
  "git checkout -b idea && git commit -m 'WIP'",
  "git switch -c idea; git commit -am 'wip: half of it'",
  "git commit -m 'fix: wipe the folder before it is used'",
  "git commit -S -m 'fix: stop the build' -- stuff.txt",
  "git commit -Sabc -m 'fix: stop the build' -- -m stuff",
  "git commit --author='A <a@example.org>' --date now -m 'fix: stop the build'",
  "git log --grep commit -m stuff",
  "git commit-tree -m stuff abc",
  "echo git commit -m stuff",
  "grep -r 'git commit -m stuff' .",
  "git commit -m 'unfinished",
  `git commit -m 'fix: ${"a".repeat(95)}'`,
];

const type = "A subject begins with a type";
const bad: readonly (readonly [string, string])[] = [
  ["git commit -m stuff", type],
  ["git commit -m 'Fix: stop the build'", type],
  ["git commit -m 'fix stop the build'", type],
  ["git commit -m 'fix:stop the build'", type],
  ["git commit -m 'fix(): stop the build'", type],
  ["git commit -m 'fixed(api): stop the build'", type],
  ["git commit -m 'fix:          '", type],
  ["git commit -m 'update the README of it'", type],
  ["git commit -am stuff", "“stuff”"],
  ["git commit -Sabc -m stuff", "“stuff”"],
  ["git commit -amstuff", "“stuff”"],
  ["git commit --message=stuff", "“stuff”"],
  ['git commit --message "stuff"', "“stuff”"],
  ["git commit -m stuff -m 'fix: stop the build'", "“stuff”"],
  ["git commit -m $'stuff\\n\\nfix: no'", "“stuff”"],
  ["git commit -m \"$(cat <<'EOF'\nstuff\n\nCo-Authored-By: Claude <noreply@anthropic.com>\nEOF\n)\"", "“stuff”"],
  ["git commit -m \"$(cat <<'EOF'\n\n   \nstuff\nEOF\n)\"", "“stuff”"],
  ["git commit -m \"$(printf 'stuff\\n\\nbody')\"", "“stuff”"],
  ['git commit -m "stuff of $NAME"', "“stuff of …”"],
  ['git commit -m "update ${NAME} now"', type],
  ['git commit -m "fixx$REST"', type],
  ['git commit -m "fix($SCOPE" -m x && git commit -m "what($SCOPE): x"', type],
  ["git commit -F bad.txt", "“stuff”"],
  ["cd sub && git commit -F bad.txt", "“more stuff”"],
  ["git -C sub commit -Fbad.txt", "“more stuff”"],
  ["git -c user.name=x -C sub commit --file bad.txt", "“more stuff”"],
  ["git commit -F - <<'EOF'\nstuff\nEOF", "“stuff”"],
  ["git commit -F /dev/stdin <<EOF\nstuff\nEOF", "“stuff”"],
  ["cat <<EOF | git commit -F -\nstuff\nEOF", "“stuff”"],
  ["echo stuff | git commit -F -", "“stuff”"],
  ["git commit -F - <<< stuff", "“stuff”"],
  ["echo stuff > good.txt; git commit -F good.txt", "“stuff”"],
  ["cat > new.txt <<'EOF'\nstuff\nEOF\ngit commit -F new.txt", "“stuff”"],
  ['M=stuff; git commit -m "$M"', "“stuff”"],
  ["git commit --amend -m stuff", "“stuff”"],
  ["git add . && (git commit -m stuff) || true", "“stuff”"],
  ["bash -c 'git commit -m stuff'", "“stuff”"],
  ["sudo -u x git commit -m stuff", "“stuff”"],
  ["git commit -m 'fix: stop the build'; git commit -m stuff", "“stuff”"],
  ["git commit -m 'fix: a b'", "at least 10 characters, and this one has 8"],
  [`git commit -m 'fix: ${"a".repeat(96)}'`, "at most 100 characters, and this one has 101"],
  [`git commit -m "fix: ${"a".repeat(96)} $X"`, "at most 100 characters, and this one has more than 101"],
  ["git commit -m 'WIP: half of it'", "Work in progress does not go onto main"],
  ["git commit -m 'wip'", "Work in progress does not go onto main"],
  ["git commit -m 'feat: wip, half of it'", "Work in progress does not go onto main"],
  ["git commit -m 'feat: [WIP] half of it'", "Work in progress does not go onto main"],
  ["git commit -m 'feat: work in progress'", "Work in progress does not go onto main"],
  ["git checkout idea; git commit -m x; git switch main && git commit -m 'feat: wip half of it'", type],
  ["git checkout -b idea; git checkout main && git commit -m 'feat: wip half of it'", "does not go onto main"],
  ["git commit -m '# a comment\nfix: stop the build'", "“# a comment”"],
];

describe("commit-message", () => {
  it.each(good)("lets %s pass", async (command) => {
    expect(await saidOf(command)).toBeUndefined();
  });

  it.each(bad)("stops %s", async (command, reason) => {
    expect(await saidOf(command)).toMatchObject({ kind: "deny", reason: expect.stringContaining(reason) });
  });

  it("names the rule, the subject and one that would pass", async () => {
    expect(await saidOf("git commit -m 'fixed stuff'")).toEqual({
      kind: "deny",
      reason:
        "The commit's subject is “fixed stuff”. A subject begins with a type, such as fix: or feat(scope):, and types are build, chore, ci, docs, feat, fix, perf, refactor, revert, style, test. One that would pass: fix: stop the build when a patch is missing",
    });
  });

  it("shows neither a secret nor more of a subject than it needs", async () => {
    const said = await saidOf(`git commit -m 'use ghp_0123456789abcdefghij0123456789abcdef ${"a".repeat(500)}'`);

    expect(said).toMatchObject({ reason: expect.stringMatching(/^The commit's subject is “use \*\*\* a{100,}…”\./) });
  });

  it("keeps to types, lengths and branches of the settings", async () => {
    const settings = { types: ["change"], minLength: 3, maxLength: 20, protectedBranches: ["trunk"] };

    const said = await Promise.all(
      ["change: a", "fix: stop the build", "change: what is longer", "wip"].map((subject) =>
        saidOf(`git commit -m '${subject}'`, settings),
      ),
    );

    expect(said.map((one) => one?.kind)).toEqual([undefined, "deny", "deny", undefined]);
  });
});
