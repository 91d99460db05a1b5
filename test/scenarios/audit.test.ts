import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "../eventually.ts";
import { startWorld, type World, wordsIn } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld({ settings: () => ({ cooldownSeconds: 0 }) });
  await world.ask("ada", "whoami");
  await world.comment("ravi", world.github.pulls.red, "/ci-retry-job --failed");
});
afterAll(() => world.close());

const clickOf = async (label: string) => {
  const message = world.slack.transcript("ci", "ada").findLast(({ actions }) => actions.some((action) => action.label === label));
  const action = message?.actions.find((one) => one.label === label);
  const before = world.slack.transcript("ci", "ada").length;
  await world.slack.click({ as: "ada", messageId: message?.id ?? "", actionId: action?.actionId ?? "" });
  return wordsIn((await eventually(() => world.slack.transcript("ci", "ada")[before])).blocks);
};
const fileOf = async (text: string) => {
  const before = world.slack.transcript("dm", "ada").length;
  const answer = await world.ask("ada", text);
  const [file] =
    (
      await eventually(() =>
        world.slack
          .transcript("dm", "ada")
          .slice(before)
          .find(({ files }) => files),
      )
    )?.files ?? [];
  return { answer, name: file?.name ?? "", content: file?.content ?? "" };
};

describe("/ci audit", () => {
  it("shows who asked for what on the repository, and how it ended, newest first", async () => {
    const answer = await world.ask("ada", "audit");

    expect(answer).toContain("Audit of nextrust/nextrust, newest first:");
    expect(answer.indexOf("ravi")).toBeGreaterThan(-1);
    expect(answer.indexOf("ravi")).toBeLessThan(answer.indexOf("whoami"));
    expect(answer).toMatch(
      /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[\s\S]*ravi[\s\S]*GitHub #\d+[\s\S]*retry-job --failed[\s\S]*refused[\s\S]*role_too_low/,
    );
  });

  it.each([
    ["actor=ravi", /retry-job --failed/, /whoami/],
    ["actor=me command=whoami", /whoami/, /retry-job/],
    ["outcome=refused", /role_too_low/, /whoami/],
    ["since=1h command=whoami", /whoami/, /retry-job/],
    ["until=2020-01-01", /Nothing in the audit of nextrust\/nextrust fits\./, /whoami/],
    ["since=2w #99", /Nothing in the audit of nextrust\/nextrust#99 fits\./, /whoami/],
  ])("finds by %s", async (filter, there, absent) => {
    const answer = await world.ask("ada", `audit ${filter}`);

    expect(answer).toMatch(there);
    expect(answer).not.toMatch(absent);
  });

  it("finds a person by the numeric id of their account, and a pull request by its number", async () => {
    const { ravi } = world.github.people;

    expect(await world.ask("ada", `audit actor=${ravi.id} #${world.github.pulls.red}`)).toContain("retry-job --failed");
  });

  it("turns the page by a button, and says how many are left", async () => {
    const first = await world.ask("ada", "audit until=2100-01-01 limit=1");
    expect(first).toMatch(/\d+ more: narrow it, by actor, command, outcome, since or until\./);
    const second = await clickOf("Next page");

    const lineOf = (answer: string) => /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[\s\S]*?(?=\n\d+ more|$)/.exec(answer)?.[0];
    expect(lineOf(second)).toBeDefined();
    expect(lineOf(second)).not.toBe(lineOf(first));
  });

  it("turns the page of the same repository wherever the button is clicked", async () => {
    await world.ask("ada", "audit limit=1");
    await world.ask("ada", "audit limit=1");

    const [next] = world.slack.transcript("ci", "ada").at(-1)?.actions ?? [];
    expect(next?.value).toMatch(/^audit nextrust\/nextrust@ limit=1 before=\d+$/);
  });

  it.each([
    ["since=yesterday", "is no time for since"],
    ["since=2026-02-30", "is no time for since"],
    ["outcome=great", "It may be done, joined"],
    ["limit=51", "it is a whole number from 1 to 50"],
    ["--csv limit=10001", "it is a whole number from 1 to 10000"],
    ["@main", "and no branches"],
    ["--csv --json", "It is either --csv or --json."],
    ["actr=ada", "Did you mean actor=ada?"],
  ])("refuses %s with words that help", async (typed, words) => {
    expect(await world.ask("ada", `audit ${typed}`)).toContain(words);
  });
});

describe("an audit as a file", () => {
  it("is CSV in the asker's own conversation, with formulas made inert", async () => {
    await world.ask("ada", '=HYPERLINK("x"),y');
    const { answer, name, content } = await fileOf("audit --csv");

    expect(answer).toMatch(/Audit of nextrust\/nextrust: \d+ commands, newest first\.[\s\S]*The file is in your conversation with me\./);
    expect(name).toMatch(/^audit-nextrust-nextrust-\d{4}-\d\d-\d\d\.csv$/);
    const lines = content.split("\r\n");
    expect(lines[0]).toBe("endedAt,actor,actorName,surface,repository,pullRequest,command,text,outcome,reason,durationMs");
    expect(lines.at(-1)).toBe("");
    expect(content).toContain(`nextrust/nextrust,${world.github.pulls.red},retry-job,retry-job --failed,refused,role_too_low,`);
    expect(content).toContain("'=hyperlink");
    expect(content.split(/[\r\n,]+/).filter((cell) => /^"?[=+@]/.test(cell))).toEqual([]);
  });

  it("is a JSON array with the same names, times in UTC", async () => {
    const { content } = await fileOf("audit --json actor=ravi");

    expect(JSON.parse(content)).toEqual([
      expect.objectContaining({
        endedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        actor: `github:${world.github.people.ravi.id}`,
        actorName: "ravi",
        repository: "nextrust/nextrust",
        pullRequest: world.github.pulls.red,
        outcome: "refused",
      }),
    ]);
  });

  it("holds as many rows as were asked for", async () => {
    const { answer, content } = await fileOf("audit --json limit=2");

    expect(answer).toContain("Audit of nextrust/nextrust: 2 commands, newest first.\n");
    expect(JSON.parse(content)).toHaveLength(2);
  });

  it("holds no secret that somebody typed", async () => {
    const token = `ghp_${"a1B2".repeat(9)}`;
    await world.ask("ada", `status ${token} x`);

    expect((await fileOf("audit --csv")).content).not.toContain(token);
    expect(await world.ask("ada", "audit")).not.toContain(token);
  });

  it("comes once, although the message beside it had to be sent again", async () => {
    const files = () => world.slack.transcript("dm", "ada").filter((message) => message.files).length;
    const before = files();
    world.slack.fail(/response_url/, { status: 500, times: 1 });

    const answer = await world.ask("ada", "audit --csv command=whoami");

    expect(answer).toContain("The file is in your conversation with me.");
    expect(files()).toBe(before + 1);
  });

  it("comes in the end, although Slack had trouble for a while", async () => {
    world.slack.fail(/completeUploadExternal/, { status: 503, times: 1 });

    expect((await fileOf("audit --csv outcome=refused")).content).toContain("role_too_low");
  });

  it("is told of when Slack does not take it", async () => {
    const stop = world.slack.fail(/getUploadURLExternal/, { error: "missing_scope" });
    const answer = await world.ask("ada", "audit --csv limit=5 since=3d");
    stop();

    expect(answer).toContain("could not be sent. The Slack app lacks a scope");
  });
});

describe("who may read the audit", () => {
  it("is who may write to the repository, and of that repository only", async () => {
    await world.ask("ada", "status nextrust/secret#1", "random");
    const answer = await world.ask("ada", "audit");

    expect(answer).not.toContain("secret");
    expect(await world.ask("ravi", "audit")).toContain('"audit" needs the role write on nextrust/nextrust; you hold read.');
    expect(await world.ask("ravi", "audit nextrust/secret@")).toContain("you hold none");
    expect(await world.ask("uma", "audit")).toContain("you are not linked");
    expect(await world.ask("ada", "audit nextrust/secret@")).toContain("status nextrust/secret#1");
  });

  it("is shown what was refused on it too", async () => {
    await world.ask("ravi", "status nextrust/secret@");

    expect(await world.ask("ada", "audit nextrust/secret@ actor=ravi")).toMatch(/status nextrust\/secret@[\s\S]*role_too_low/);
  });

  it("is nobody on a public repository, which says where to ask", async () => {
    const reply = await world.comment("ada", world.github.pulls.red, "/ci-audit");

    expect(reply).toContain("is not told where everybody can read it. Ask in Slack: audit nextrust/nextrust");
    expect(reply).not.toContain("role\\_too\\_low");
  });
});

describe("an audit on GitHub", () => {
  it("is told on a private repository, a file as a folded excerpt", async () => {
    const { github } = world;
    await github.comment("ada", github.pulls.secret, "/ci-audit --json", github.secretRepository);

    const reply = await eventually(async () =>
      (await github.comments(github.pulls.secret, github.secretRepository)).find(
        ({ author, body }) => author === github.bot.login && body.includes("<details>"),
      ),
    );
    expect(reply.body).toMatch(/<details><summary>audit-nextrust-secret-[\d-]+\.json<\/summary>\n\n```text\n\[\n\{"endedAt"/);
    expect(reply.body).not.toContain("nextrust/nextrust");
  });
});
