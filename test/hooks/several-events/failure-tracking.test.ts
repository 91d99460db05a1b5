import { describe, expect, it } from "vitest";
import { aCheckout } from "../a-checkout.ts";
import { aContext } from "../a-context.ts";
import { fail, failCommand, pass, passCommand } from "../failures/run-modules.ts";

const failed = "Exit code 1\nrunning\nerror: it broke\n";
const newest = (context: ReturnType<typeof aContext>) => context.journal().failures.newest(20);

describe("failure tracking", () => {
  it("counts what Claude Code says of a failed command, with its first error", async () => {
    using checkout = aCheckout({ "README.md": "# A checkout\n" });
    using context = aContext(checkout);

    await fail({}, context);

    expect(newest(context)).toMatchObject([
      {
        command: "ls /nonexistent-dir; exit 3",
        commit: checkout.git("rev-parse", "HEAD"),
        failures: 1,
        errors: ["ls: cannot access '/nonexistent-dir': No such file or directory"],
      },
    ]);
  });

  it("takes it for the same command however it is written and from wherever it is run", async () => {
    using checkout = aCheckout({ "packages/a/package.json": "{}\n" });
    using context = aContext(checkout);
    using inside = aContext(checkout, { cwd: `${checkout.path}/packages/a` });

    await failCommand("cd packages/a && npm test 2>&1 | tail -50", failed, context);
    await failCommand("timeout 60 npm test", failed, inside);
    await failCommand("npm test", failed, context);

    expect(newest(context).map(({ command, failures }) => [command, failures])).toEqual(
      expect.arrayContaining([
        ["npm test (in packages/a)", 2],
        ["npm test", 1],
      ]),
    );
  });

  it("goes on counting while the commit stays, whatever is edited, and begins anew at the next", async () => {
    using checkout = aCheckout({ "a.txt": "1\n" });
    using before = aContext(checkout);
    await failCommand("npm test", failed, before);
    checkout.write("a.txt", "2\n");
    await failCommand("npm test", failed, before);
    checkout.commit("fix: change it");
    using after = aContext(checkout);

    await failCommand("npm test", failed, after);

    expect(
      newest(after)
        .map(({ failures }) => failures)
        .toSorted(),
    ).toEqual([1, 2]);
  });

  it("forgets a command that passes, and none whose exit code is another's", async () => {
    using checkout = aCheckout({ "a.txt": "1\n" });
    using context = aContext(checkout);
    await failCommand("npm test", failed, context);

    await passCommand("npm test | tail -5", context);
    await passCommand("npm run build", context);
    await pass({ tool_input: { command: "npm test", run_in_background: true } }, context);
    await pass({ tool_input: { command: "npm test" }, tool_response: { stdout: "", interrupted: true } }, context);
    const kept = newest(context).length;
    await passCommand("CI=1 npm test", context);
    await passCommand("NO_COLOR=1 npm test", context);

    expect([kept, newest(context).length]).toEqual([1, 0]);
  });

  it("counts other tools by what they work on", async () => {
    using checkout = aCheckout({ "a.txt": "1\n" });
    using context = aContext(checkout);
    const edit = (file: string, text: string) =>
      fail(
        { tool_name: "Edit", tool_input: { file_path: file, old_string: text }, error: "String to replace not found in file." },
        context,
      );

    await edit(`${checkout.path}/a.txt`, "one");
    await edit("a.txt", "other");
    await fail({ tool_name: "mcp__db__query", tool_input: { sql: "select 1" }, error: "refused" }, context);
    const counted = newest(context).map(({ command, failures }) => [command, failures]);
    await pass({ tool_name: "Edit", tool_input: { file_path: "a.txt" }, tool_response: {} }, context);

    expect(counted).toEqual(
      expect.arrayContaining([
        ["Edit a.txt", 2],
        ['mcp__db__query {"sql":"select 1"}', 1],
      ]),
    );
    expect(newest(context)).toHaveLength(1);
  });

  it.each([
    ["somebody interrupted", { is_interrupt: true }],
    ["a guard stopped", { error: "PreToolUse:Bash hook error: [nextrust hook pre-tool-use]: commit-message: Say what it does." }],
    ["a person refused", { error: "The user doesn't want to proceed with this tool use." }],
  ])("does not count what %s", async (_, payload) => {
    using checkout = aCheckout({ "a.txt": "1\n" });
    using context = aContext(checkout);

    await fail(payload, context);

    expect(newest(context)).toEqual([]);
  });

  it("keeps no secret", async () => {
    using checkout = aCheckout({ "a.txt": "1\n" });
    using context = aContext(checkout, { variables: { DEPLOY_TOKEN: "swordfish-swordfish" } });
    const token = `ghp_${"a1B2".repeat(9)}`;

    await failCommand(`curl -H 'Authorization: Bearer ${token}' x`, "Exit code 22\nerror: swordfish-swordfish was refused\n", context);

    const kept = JSON.stringify(newest(context));
    expect(kept).not.toContain("swordfish");
    expect(kept).not.toContain(token);
    expect(kept).toContain("***");
  });

  it("tells the bot from the second failure on, each time more fully, and under another name after it passed", async () => {
    using checkout = aCheckout({ "a.txt": "1\n" });
    let time = 1_764_000_000_000;
    using context = aContext(checkout, { now: () => time++ });
    const told = () =>
      context
        .journal()
        .spool.next(9)
        .map(({ event }) => event);
    await failCommand("npm test", failed, context);
    const afterOne = told().length;
    await failCommand("npm test", failed, context);
    await failCommand("npm test", failed, context);
    const ofBefore = told().filter(({ type }) => type === "failure");
    await passCommand("npm test", context);
    await failCommand("npm test", failed, context);
    await failCommand("npm test", failed, context);

    expect(afterOne).toBe(0);
    expect(ofBefore).toMatchObject([
      {
        session: "s-1",
        branch: "main",
        headSha: checkout.git("rev-parse", "HEAD"),
        command: "npm test",
        failures: 3,
        error: "error: it broke",
      },
    ]);
    expect(told().filter(({ type }) => type === "failure")).toHaveLength(2);
  });

  it("reads megabytes of hostile text in a moment", async () => {
    using checkout = aCheckout({ "a.txt": "1\n" });
    using context = aContext(checkout);
    const begun = performance.now();

    await failCommand(`echo '${"$(".repeat(1_000_000)}`, `Exit code 1\n${"error: a: ".repeat(300_000)}\u0000\u001b[31m`, context);
    await fail({ tool_name: "Write", tool_input: { content: "x".repeat(3_000_000) }, error: "'".repeat(3_000_000) }, context);

    expect(newest(context).every(({ command, errors }) => command.length <= 500 && errors.every((error) => error.length <= 300))).toBe(
      true,
    );
    expect(performance.now() - begun).toBeLessThan(3_000);
  });
});
