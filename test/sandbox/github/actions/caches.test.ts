import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type GitHubSandbox, startGitHubSandbox } from "../../../../src/sandbox/github/github-sandbox.ts";
import { asApp } from "../clients.ts";
import { refusalOf } from "../refusal.ts";

let github: GitHubSandbox;
beforeEach(async () => {
  github = await startGitHubSandbox();
});
afterEach(() => github.close());

const key = "cargo-m68040-7d1f0c";
const list = async (query: string) => (await asApp(github).request(`GET /repos/nextrust/nextrust/actions/caches${query}`)).data;
const drop = (query: string, body = {}) => asApp(github).request(`DELETE /repos/nextrust/nextrust/actions/caches${query}`, body);

describe("caches", () => {
  it("are listed by the beginning of their key, by ref, in an order and in pages", async () => {
    expect((await list("")).total_count).toBe(8);
    expect((await list("?key=cargo-m68040")).total_count).toBe(3);
    expect((await list("?ref=refs/pull/2/merge")).total_count).toBe(3);

    const biggest = await list("?sort=size_in_bytes&direction=desc&per_page=2&page=1");
    expect(biggest.actions_caches.map((cache: { key: string }) => cache.key)).toEqual([
      "toolchain-nightly-2026-11-01",
      "cargo-m68040-b02e9a",
    ]);
  });

  it("say how much they use", async () => {
    const { data } = await asApp(github).request("GET /repos/nextrust/nextrust/actions/cache/usage");

    const sizeInBytes = github.caches().reduce((sum, cache) => sum + cache.sizeInBytes, 0);
    expect(data).toEqual({ full_name: "nextrust/nextrust", active_caches_size_in_bytes: sizeInBytes, active_caches_count: 8 });
  });

  it("are deleted by exact key and ref, or by key on every ref", async () => {
    github.addCache({ key: `${key}-more`, ref: "refs/heads/main", sizeInBytes: 1 });

    expect((await drop(`?key=${key}&ref=refs/pull/1/merge`)).data).toMatchObject({
      total_count: 1,
      actions_caches: [{ key, ref: "refs/pull/1/merge" }],
    });
    expect((await drop(`?key=${key}`)).data).toMatchObject({ total_count: 1, actions_caches: [{ ref: "refs/heads/main" }] });
    expect(github.caches().map((cache) => cache.key)).toContain(`${key}-more`);
    expect(await refusalOf(drop(`?key=${key}`))).toBe("404 Not Found");
  });

  it("want the key in the query, not in the body", async () => {
    expect(await refusalOf(drop("", { key }))).toMatch(/^422 /);
    expect(github.caches()).toHaveLength(8);
  });

  it("are deleted one by one by id", async () => {
    const [first] = github.caches();

    expect(await drop(`/${first?.id}`)).toMatchObject({ status: 204 });
    expect(await refusalOf(drop(`/${first?.id}`))).toBe("404 Not Found");
    expect(github.caches()).toHaveLength(7);
  });
});
