import { describe, expect, it } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { run } from "./nextrust.ts";

const escapeCode = String.fromCharCode(27);

describe("nextrust in a terminal", () => {
  it.each(["version", "--version"])("prints its version and the Node that it runs on: %s", async (word) => {
    expect(await run([word])).toMatchObject({
      code: 0,
      stdout: `nextrust ${manifest.version} (Node ${process.versions.node})\n`,
      stderr: "",
    });
  });

  it.each([[[]], [["--help"]], [["-h"]]])("shows every subcommand for the arguments %j", async (args) => {
    const { code, stdout } = await run(args, { variables: { NO_COLOR: "1" } });

    expect(code).toBe(0);
    for (const line of [/start .*Run the bot/, /status .*Show the pipeline/, /version .*Print the version/]) expect(stdout).toMatch(line);
  });

  it("says without credentials that there is nobody to ask", async () => {
    expect(await run(["status", "owner/repo#1"])).toMatchObject({
      code: 1,
      stdout: "",
      stderr: "No credentials are set: the sandbox lives inside nextrust start only.\n",
    });
  });

  it.each([
    ["#1", "Name the repository: nextrust status owner/repo#1\n"],
    ["main", "Name the repository: nextrust status owner/repo@main\n"],
  ])("asks for the repository of %j", async (target, stderr) => {
    expect(await run(["status", target])).toMatchObject({ code: 1, stdout: "", stderr });
  });

  it("refuses a role that this version does not have", async () => {
    const { code, stderr } = await run(["start", "--role", "edge"]);

    expect(code).toBe(1);
    expect(stderr).toMatch(/^The role "edge" needs state that machines share.*\n$/);
  });

  it.each([[["stat"]], [["status"]]])("tells in a sentence what is wrong with the arguments %j", async (args) => {
    const { code, stderr } = await run(args);

    expect(code).toBe(1);
    expect(stderr).toMatch(/\w/);
    expect(stderr).not.toContain("    at ");
    expect(stderr).not.toContain(escapeCode);
  });

  it("shows the usage of a subcommand instead of running it", async () => {
    const { code, stdout } = await run(["status", "--help"], { variables: { NO_COLOR: "1" } });

    expect(code).toBe(0);
    expect(stdout).toContain("owner/repo#12");
  });
});
