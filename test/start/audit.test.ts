import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { done, text } from "../../src/reply.ts";
import { openEmbedded } from "../../src/state/embedded/open.ts";
import { shipped } from "../shipped.ts";
import { run, temporaryFolder } from "./nextrust.ts";

const hourMs = 3_600_000;

/** The state of a bot that is running, with three commands in it. */
async function runningBot() {
  const folder = await temporaryFolder();
  const state = await openEmbedded({ file: join(folder, "nextrust.db") });
  onTestFinished(() => state.close());
  const ended = { durationMs: 12, reply: done("shown", text("All green.")), outcome: "done", reason: "shown" } as const;
  const ada = { surface: "slack", actor: "slack:T1/U1", actorName: "ada" } as const;
  const ravi = { surface: "github", actor: "github:5", actorName: "ravi" } as const;
  const append = (name: string, more: object) =>
    state.records.transaction(({ audit }) =>
      audit.append({ intent: name, endedAt: Date.now() - hourMs, command: name, text: `${name} #12`, ...ada, ...ended, ...more }),
    );
  await append("help", { endedAt: Date.now() - 48 * hourMs });
  await append("status", { repository: "acme/shop", pullRequest: 12 });
  await append("retry-job", { ...ravi, repository: "acme/shop", outcome: "refused", reason: "role_too_low" });
  const variables = { NEXTRUST_DATA_DIR: folder };
  return { folder, append, ask: (...args: string[]) => run(["audit", ...args], { variables, folder }) };
}

describe("nextrust audit", () => {
  it("prints a table without colours, newest first, while the bot goes on writing", async () => {
    const { ask, append } = await runningBot();

    const asked = ask();
    await append("cancel", { repository: "acme/shop" });
    const { code, stdout, stderr } = await asked;

    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const lines = stdout
      .trimEnd()
      .split("\n")
      .filter((line) => !line.includes("cancel"));
    expect(lines.map((line) => line.replace(/^[\d-]+ [\d:]+/, "<when>").replaceAll(/ {2,}/g, "  "))).toEqual([
      "When (UTC)  Who  Where  Command  Outcome  Reason",
      "<when>  ravi  GitHub acme/shop  retry-job #12  refused  role_too_low",
      "<when>  ada  Slack acme/shop#12  status #12  done  shown",
      "<when>  ada  Slack  help #12  done  shown",
    ]);
  });

  it("finds by its filters, and prints JSON or CSV for other programs", async () => {
    const { ask } = await runningBot();

    const [json, csv, none, few] = await Promise.all([
      ask("acme/shop@", "--actor", "RAVI", "--outcome", "refused", "--since", "24h", "--format", "json"),
      ask("acme/shop#12", "--format", "csv"),
      ask("--command", "cancel", "--format", "json"),
      ask("--limit", "1"),
    ]);

    expect(JSON.parse(json.stdout)).toMatchObject([{ actor: "github:5", command: "retry-job", outcome: "refused" }]);
    expect(csv.stdout.split("\r\n")).toEqual([
      expect.stringMatching(/^endedAt,actor/),
      expect.stringContaining(",acme/shop,12,status,"),
      "",
    ]);
    expect(none).toMatchObject({ code: 0, stdout: "[]\n" });
    expect(few.stdout).toContain("2 more: narrow it, or raise --limit.");
  });

  it("says in a sentence what it cannot do, and makes no file of its own", async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, "other.db"), "This is no database, although it is called so.".repeat(20));
    const ask = (...args: string[]) => run(["audit", ...args], { folder, variables: { NEXTRUST_DATA_DIR: "state" } });

    const [missing, again, other, me, branch, format, when] = await Promise.all([
      ask(),
      ask(),
      ask("--file", "other.db"),
      ask("--actor", "me"),
      ask("main"),
      ask("--format", "xml"),
      ask("--since", "soon"),
    ]);

    expect(missing).toMatchObject({ code: 1, stdout: "" });
    expect(missing.stderr).toMatch(/^There is no state at state\/nextrust\.db yet\. The bot makes it when it starts/);
    expect(again.stderr).toBe(missing.stderr);
    expect(other.stderr).toContain("other.db cannot be read as the state of NeXTRust CI");
    expect(me.stderr).toContain("A terminal does not know who you are");
    expect(branch.stderr).toContain("Name a repository or a pull request");
    expect(format.stderr).toContain("Allowed choices are table, json, csv");
    expect(when.stderr).toContain("is no time for --since");
    for (const { code, stderr } of [other, me, branch, format, when]) {
      expect(code).toBe(1);
      expect(stderr).not.toContain("    at ");
    }
  });

  it("ends quietly when only the beginning is read", async () => {
    const { folder, append } = await runningBot();
    await append("status", { text: "x".repeat(300_000) });
    const bin = shipped("bin/nextrust.js");

    const command = ["sh", "-c", `'${process.execPath}' '${bin}' "$@" | head -n 1`, "sh"] as const;
    const { stdout, stderr } = await run(["audit", "--format", "csv"], { folder, command, variables: { NEXTRUST_DATA_DIR: folder } });

    expect(stdout).toMatch(/^endedAt,/);
    expect(stderr).toBe("");
  });

  it("explains itself", async () => {
    const { code, stdout } = await run(["audit", "--help"]);

    expect(code).toBe(0);
    for (const option of ["--actor", "--command", "--outcome", "--since", "--until", "--limit", "--format"])
      expect(stdout).toContain(option);
  });
});
