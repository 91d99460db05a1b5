import { pino } from "pino";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { githubBlame } from "../../../src/bot/github/blame.ts";
import { createGitHub } from "../../../src/bot/github/client.ts";
import type { Blame, Responsible } from "../../../src/pipeline/failures/responsible.ts";
import { type GitHubSandbox, startGitHubSandbox } from "../../../src/sandbox/github/github-sandbox.ts";
import { notAccessible } from "../../../src/sandbox/github/named-faults.ts";
import { Secret } from "../../../src/secret.ts";
import { watchGitHub } from "../../contracts/github/watch.ts";
import { commitPlainly } from "../../sandbox/github/clients.ts";

let sandbox: GitHubSandbox;
let blame: Blame;
let violations: () => readonly string[];
beforeAll(async () => {
  sandbox = await startGitHubSandbox();
  violations = await watchGitHub(sandbox, "the bot");
  const credentials = { appId: sandbox.app.id, privateKey: new Secret(sandbox.app.privateKey) };
  blame = githubBlame(createGitHub({ apiUrl: sandbox.url, credentials, webhookSecrets: [] }, pino({ level: "silent" })));
});
afterEach(() => sandbox.clearFaults());
afterAll(async () => {
  await sandbox.close();
  expect(violations()).toEqual([]);
});

const named = (people: readonly Responsible[]) => people.map(({ account, because }) => `${account.login} ${because}`);
const questions = () => sandbox.calls().filter(({ name }) => name.includes("CommitAuthors")).length;

describe("those between the last green and the first red", () => {
  it("are who wrote and who merged, newest first and each once", async () => {
    const green = await commitPlainly(sandbox, "grace", "main");
    const merged = await sandbox.mergePull("uma", sandbox.pulls.green);
    const red = await commitPlainly(sandbox, "uma", "main");

    const people = await blame.between(sandbox.repository, green, red);

    expect(named(people)).toEqual(["uma author", "ada author"]);
    expect(people[0]?.account).toEqual({ id: sandbox.people.uma.id, login: "uma" });
    expect(named(await blame.between(sandbox.repository, merged.sha, red))).toEqual(["uma author"]);
  });

  it("are of the first red alone when nothing was green before", async () => {
    await commitPlainly(sandbox, "ada", "main");
    const { sha } = await sandbox.mergePull("grace", sandbox.pulls.red);

    expect(named(await blame.between(sandbox.repository, undefined, sha))).toEqual(["grace author", "ada author"]);
  });

  it("are no bots, nobody who is gone, and nobody of a pull request that was not merged", async () => {
    const bot = { databaseId: 49699333, login: "dependabot[bot]" };
    const uma = { databaseId: 7, login: "uma" };
    const commit = (user: object | null, pull: object) => ({
      oid: "1",
      author: { user },
      associatedPullRequests: { nodes: [{ merged: true, author: null, mergedBy: null, ...pull }] },
    });
    // What is no User has none of a User's fields.
    const nodes = [commit(bot, { author: {}, mergedBy: uma }), commit(null, { merged: false, author: { databaseId: 8, login: "eve" } })];
    const history = { pageInfo: { hasNextPage: false, endCursor: null }, nodes };
    sandbox.fail(/CommitAuthors/, { status: 200, body: { data: { repository: { object: { history } } } } });

    expect(named(await blame.between(sandbox.repository, "0", "1"))).toEqual(["uma merger"]);
  });

  it("are ten at most, and the search ends with them", async () => {
    const nodes = Array.from({ length: 50 }, (_, index) => ({
      oid: String(index),
      author: { user: { databaseId: index + 1, login: `person-${index}` } },
      associatedPullRequests: { nodes: [] },
    }));
    const history = { pageInfo: { hasNextPage: true, endCursor: "x" }, nodes };
    sandbox.fail(/CommitAuthors/, { status: 200, body: { data: { repository: { object: { history } } } } });
    const before = questions();

    expect(await blame.between(sandbox.repository, "none", "0")).toHaveLength(10);
    expect(questions() - before).toBe(1);
  });

  it("are looked for page by page until the green one", async () => {
    const green = await commitPlainly(sandbox, "grace", "fpu-traps");
    await commitPlainly(sandbox, "uma", "fpu-traps");
    const red = await commitPlainly(sandbox, "ada", "fpu-traps", 52);
    const before = questions();

    const people = await blame.between(sandbox.repository, green, red);

    expect(named(people)).toEqual(["ada author", "uma author"]);
    expect(questions() - before).toBe(2);
  });

  it("are nobody where there is no such commit", async () => {
    expect(await blame.between(sandbox.repository, undefined, "0".repeat(40))).toEqual([]);
  });

  it.each([
    [notAccessible, { retryable: false }],
    ["rate-limited" as const, { retryable: true }],
  ])("are unknown when GitHub cannot say", async (fault, expected) => {
    sandbox.fail(/CommitAuthors/, fault, 3);

    const asked = blame.between(sandbox.repository, undefined, "0".repeat(40));

    await expect(asked).rejects.toMatchObject({ name: "ServiceError", ...expected });
  });
});

describe("the owners of the code", () => {
  const owners = async (path: string, text: string) => {
    const branch = `owners-${path.replaceAll(/\W/g, "-")}`;
    const { sha } = await sandbox.commit("grace", { message: "Own", branch, file: { path, text } });
    return named(await blame.codeOwners(sandbox.repository, sha));
  };

  it.each([".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"])("stand in %s", async (path) => {
    expect(await owners(path, "* @ada @uma\n/docs/ @grace\n")).toEqual(["ada code_owner", "uma code_owner"]);
  });

  it("are people that there are, by their numeric id", async () => {
    expect(await owners("CODEOWNERS", "* @nobody-here @nextrust/compiler grace@example.org @nextrust @Ada")).toEqual(["ada code_owner"]);
  });

  it("are nobody where no file says so, without a second request", async () => {
    const [run] = await sandbox.runs(sandbox.pulls.red);

    expect(await blame.codeOwners(sandbox.repository, run?.headSha ?? "")).toEqual([]);
    expect(await owners("CODEOWNERS", "/docs/ @grace")).toEqual([]);
  });

  it("are unknown when GitHub cannot say", async () => {
    sandbox.fail(/CodeOwnersFiles/, { status: 403 });

    await expect(blame.codeOwners(sandbox.repository, "main")).rejects.toMatchObject({ name: "ServiceError" });
  });
});
