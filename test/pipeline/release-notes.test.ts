import { describe, expect, it } from "vitest";
import { releaseNotes, releaseNotesInMarkdown } from "../../src/pipeline/release-notes.ts";

const commit = (subject: string, body = "") => ({ sha: "0123456789abcdef", subject, body });
const notes = (...commits: readonly ReturnType<typeof commit>[]) => releaseNotesInMarkdown(releaseNotes("v1.1.0", "v1.0.0", commits));

describe("release notes", () => {
  it("group commits by what they are to who uses it", () => {
    const text = notes(
      commit("feat(cli)!: drop --old"),
      commit("feat: add a thing"),
      commit("fix(log): mask keys"),
      commit("perf: read once"),
      commit("fix: rename", "Because.\n\nBREAKING CHANGE: the name differs"),
      commit("chore: bump"),
      commit("docs: explain"),
      commit("Merge branch 'a' into main"),
      commit("Improve things"),
      commit('revert: "feat: x"'),
    );

    expect(text).toMatchInlineSnapshot(`
      "# v1.1.0 (draft)

      10 commits, since v1.0.0.

      ## Breaking changes

      - cli: drop --old (0123456)
      - rename (0123456)

      ## Features

      - add a thing (0123456)

      ## Fixes

      - log: mask keys (0123456)

      ## Speed

      - read once (0123456)

      ## Reverts

      - "feat: x" (0123456)

      ## Other changes

      - Improve things (0123456)

      3 more commits change nothing for who uses it.
      "
    `);
  });

  it("may be of the first release, and of nothing anybody sees", () => {
    expect(releaseNotesInMarkdown(releaseNotes("v0.1.0", undefined, [commit("chore: begin")]))).toBe(
      "# v0.1.0 (draft)\n\n1 commit, the first release.\n\n1 more commit changes nothing for who uses it.\n",
    );
  });

  it("take long and odd subjects as they are", () => {
    const odd = [`feat(${"a(".repeat(20_000)}`, `${"feat: ".repeat(20_000)}`, "feat(a)(b): c", ": x", "constructor: x", ""];

    expect(
      releaseNotes(
        "v1.0.0",
        undefined,
        odd.map((subject) => commit(subject)),
      ).commits,
    ).toBe(6);
  });
});
