import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStage, repository, type Stage } from "./stage.ts";
import { holds, type Row } from "./table.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const red = { build: "failure", docs: "success" } as const;
const log = (text: string) => (on: Stage, pull: number) => on.github.setLog(pull, "build", text);

const table: readonly Row[] = [
  {
    state: "one job has failed",
    jobs: red,
    ask: "get-logs #",
    outcome: "done",
    reason: "log_error",
    says: [
      /CI \/ build on #\d+ @[0-9a-f]{7} failed/,
      /First error \(rustc\), lines \d+–\d+ of \d+:/,
      "error[E0308]: mismatched types",
      "The whole log",
    ],
    offers: [/^retry-job build nextrust\/nextrust#\d+ sha=[0-9a-f]{7}$/, /^get-logs build --file nextrust\/nextrust#\d+ sha=[0-9a-f]{7}$/],
    calls: 5,
  },
  {
    state: "a test has failed",
    jobs: { "test-rust (m68040)": "failure" },
    ask: 'get-logs "test-rust (m68040)" #',
    outcome: "done",
    reason: "log_error",
    says: ["Failed tests: ", "panicked at"],
    calls: 5,
  },
  {
    state: "there is no error that it knows",
    jobs: red,
    given: log("one\ntwo\nthree\n"),
    ask: "get-logs build #",
    outcome: "done",
    reason: "log_tail",
    says: ["No error that I recognise. Its end, lines 1–3 of 3:", "one\ntwo\nthree"],
  },
  {
    state: "the log is coloured",
    jobs: red,
    given: log("\u001b[31merror[E0001]\u001b[0m: \u001b]0;title\u0007broken\u202e\n"),
    ask: "get-logs build #",
    outcome: "done",
    reason: "log_error",
    says: "error[E0001]: broken",
  },
  {
    state: "the job still runs",
    jobs: { ...red, docs: "in_progress" },
    ask: "get-logs docs #",
    outcome: "not_applicable",
    reason: "job_not_over",
    says: /CI \/ docs on #\d+ @[0-9a-f]{7} has not ended yet, and GitHub gives out a log only then\. Ask again when it has\./,
  },
  {
    state: "the log has expired",
    jobs: red,
    given: ({ github }, pull) => github.expireLogs(pull),
    ask: "get-logs #",
    outcome: "not_applicable",
    reason: "log_expired",
    says: "GitHub no longer keeps the log of CI / build",
  },
  {
    state: "the job was skipped",
    jobs: { ...red, docs: "skipped" },
    ask: "get-logs docs #",
    outcome: "not_applicable",
    reason: "no_log",
    says: "left no log: it was skipped.",
  },
  {
    state: "several have failed",
    jobs: { build: "failure", docs: "failure" },
    ask: "get-logs #",
    outcome: "invalid",
    reason: "several_failed",
    says: [/2 jobs have failed on #\d+ @[0-9a-f]{7}\. Name one:/, "CI / docs"],
    offers: [/^get-logs build nextrust/, /^get-logs docs nextrust/],
  },
  {
    state: "none has failed",
    jobs: { build: "success" },
    ask: "get-logs #",
    outcome: "not_applicable",
    reason: "nothing_failed",
    says: "Name the job whose log you want.",
  },
  {
    state: "two names match",
    jobs: { "t (a)": "failure", "t (b)": "success" },
    ask: "get-logs t #",
    outcome: "invalid",
    reason: "ambiguous_job",
    says: "Name one of them:",
  },
  {
    state: "no name matches",
    jobs: red,
    ask: "get-logs deploy #",
    outcome: "invalid",
    reason: "unknown_job",
    says: "is called “deploy”. There are:",
  },
  {
    state: "it is another app's status",
    jobs: red,
    given: ({ github }, pull) => github.setStatus(pull, "coverage", "failure"),
    ask: "get-logs coverage #",
    outcome: "not_applicable",
    reason: "not_an_actions_job",
    says: "coverage is not a job of GitHub Actions, so I have no log of it.",
  },
  {
    state: "the log's store is away",
    jobs: red,
    ask: "get-logs build #",
    fault: [/GET \/_logs\//, "drop-before", 3],
    outcome: "failed",
    reason: "service_failed",
    says: "GitHub's log store does not answer. Nothing was done. Try again in a minute.",
  },
  {
    state: "whoever asks may only read",
    jobs: red,
    as: "ravi",
    ask: "get-logs #",
    outcome: "done",
    reason: "log_error",
    says: "mismatched types",
  },
];

describe("/ci get-logs when", () => {
  it.each(table)("$state: $ask", (row) => holds(stage, row));
});

describe("a log's excerpt", () => {
  it("shows no secret, neither by its form nor the bot's own", async () => {
    const pull = await stage.openPull(red);
    const secrets = [stage.slack.botToken, stage.github.app.webhookSecret, `ghp_${"a1B2".repeat(9)}`, "AKIAIOSFODNN7EXAMPLE"];
    await stage.github.setLog(pull, "build", `${secrets.map((secret) => `error: cannot log in with ${secret}`).join("\n")}\n##[error]x\n`);

    const { shown } = await stage.aside("ada", `get-logs build ${repository}#${pull}`);

    expect(shown).toContain("cannot log in with ***");
    for (const secret of secrets) expect(shown).not.toContain(secret);
  });

  it("fires nothing and mentions nobody on GitHub, whatever it says", async () => {
    const pull = await stage.openPull(red);
    const hostile = ["error: ````", "@ada <!channel> <b>x</b>", "```", "/ci-cancel", "</details>", "# heading"];
    await stage.github.setLog(pull, "build", `${hostile.join("\n")}\n`);
    const before = stage.github.calls().length;

    const body = await stage.world.comment("ada", pull, "/ci-get-logs build");

    const [, , inside] = /\n(`{5,})text\n([\s\S]+)\n\1\n/.exec(body) ?? [];
    expect(inside?.replaceAll("\u2060", "").split("\n")).toEqual(hostile);
    expect(body).not.toMatch(/^\/ci-/m);
    await stage.quiet();
    expect(stage.changes(before)).toEqual([]);
  });
});

describe("a log as a file", () => {
  it("comes to the asker alone, masked", async () => {
    const pull = await stage.openPull(red);
    const steps = Array.from({ length: 40 }, (_, at) => `step ${at}`);
    await stage.github.setLog(pull, "build", [`token ghp_${"a".repeat(36)}`, ...steps].join("\n"));

    const { reason, shown } = await stage.aside("ada", `get-logs build --file ${repository}#${pull}`);

    expect(reason).toBe("log_file");
    expect(shown).toMatch(/The log of CI \/ build on #\d+ @[0-9a-f]{7}, lines 1–41 of 41\./);
    expect(shown).toContain("The file is in your conversation with me.");
    const files = stage.slack.transcript("dm", "ada").flatMap((message) => message.files ?? []);
    expect(files.at(-1)?.name).toMatch(/^CI-build-[0-9a-f]{7}\.log$/);
    expect(files.at(-1)?.content).toBe(["token ***", ...steps].join("\n"));
  });

  it("is not for GitHub, whose comments take no files", async () => {
    const pull = await stage.openPull(red);

    await stage.github.comment("ada", pull, "/ci-get-logs build --file");

    await stage.commented(pull, "A comment takes no files. Ask for it in Slack, or read the whole log at ");
  });
});
