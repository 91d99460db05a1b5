import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { explainSnapshot } from "../../../src/hooks/failures/explain-snapshot.ts";
import type { FileFacts, Surroundings } from "../../../src/hooks/failures/file-facts.ts";
import { aCheckout, type Checkout } from "../a-checkout.ts";
import { aContext } from "../a-context.ts";
import { fail, failCommand } from "../failures/run-modules.ts";

const folderOf = (checkout: Checkout) => join(checkout.path, ".nextrust", "snapshots");

function snapshotsIn(checkout: Checkout) {
  const folder = folderOf(checkout);
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];
  return names.toSorted().map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")));
}

describe("error snapshots", () => {
  it("say how a file stands that a tool could not write, and the model that its folder is missing", async () => {
    using checkout = aCheckout({ "README.md": "# A checkout\n" });
    using context = aContext(checkout);
    const path = join(checkout.path, "dist/out/app.js");
    const error = `ENOENT: no such file or directory, open '${path}'`;

    const said = await fail({ tool_name: "Write", tool_input: { file_path: path, content: "x" }, error }, context);

    expect(said).toEqual([`The folder ${checkout.path}/dist/out does not exist; the nearest that does is ${checkout.path}.`]);
    expect(snapshotsIn(checkout)).toMatchObject([
      {
        tool: "Write",
        call: "Write dist/out/app.js",
        error,
        cwd: checkout.path,
        headSha: checkout.git("rev-parse", "HEAD"),
        branch: "main",
        file: { path, exists: false },
        folder: { exists: false },
        nearest: checkout.path,
        freeBytes: expect.any(Number),
      },
    ]);
    expect(checkout.git("status", "--porcelain")).toBe("");
  });

  it("look at the file that a command's error names, where the command ran", async () => {
    using checkout = aCheckout({ "sub/run.sh": "exit\n", ".gitignore": "*.log\n" });
    checkout.write("sub/new.txt", "1\n");
    checkout.write("sub/a.log", "1\n");
    using context = aContext(checkout);

    for (const name of ["run.sh", "new.txt", "a.log"]) {
      await failCommand(`cd sub && ./${name}`, `Exit code 126\n/bin/bash: line 1: ./${name}: Permission denied`, context);
    }

    expect(snapshotsIn(checkout).map(({ file, git }) => [file.path, file.kind, file.mode, git])).toEqual(
      expect.arrayContaining([
        [`${checkout.path}/sub/run.sh`, "file", expect.stringMatching(/^6\d\d$/), "tracked"],
        [`${checkout.path}/sub/new.txt`, "file", expect.any(String), "untracked"],
        [`${checkout.path}/sub/a.log`, "file", expect.any(String), "ignored"],
      ]),
    );
  });

  it("are not made of failures that are about no file", async () => {
    using checkout = aCheckout({ "README.md": "# A checkout\n" });
    using context = aContext(checkout);

    await failCommand("npm test", "Exit code 1\nerror: it broke", context);
    await failCommand("git push", "Exit code 128\ngit@github.com: Permission denied (publickey).", context);

    expect(snapshotsIn(checkout)).toEqual([]);
  });

  it("hide themselves and what is kept beside them later from git, also where nothing else is kept yet", async () => {
    using checkout = aCheckout({ "README.md": "# A checkout\n" });
    using context = aContext(checkout, { settings: { off: ["failure-tracking", "known-issue", "design-request"] } });

    await failCommand("cat x", "Exit code 1\ncat: x: No such file or directory", context);
    context.journal().once.take("k", 1, 1);

    expect(snapshotsIn(checkout)).toHaveLength(1);
    expect(checkout.git("status", "--porcelain")).toBe("");
  });

  it("are the newest hundred, and hold no secret", async () => {
    using checkout = aCheckout({ "README.md": "# A checkout\n" });
    using context = aContext(checkout, { variables: { DEPLOY_TOKEN: "swordfish-swordfish" } });
    mkdirSync(folderOf(checkout), { recursive: true });
    for (let old = 100; old < 220; old++) writeFileSync(join(folderOf(checkout), `2026-01-01T00-00-00.${old}Z-0.json`), "{}");

    await failCommand("cat x", "Exit code 1\nswordfish-swordfish\ncat: x: No such file or directory", context);

    const kept = snapshotsIn(checkout);
    expect(kept).toHaveLength(100);
    expect(kept.at(-1)).toMatchObject({ call: "cat x", error: "Exit code 1\n***\ncat: x: No such file or directory" });
  });
});

const folder: FileFacts = { path: "/srv", exists: true, kind: "folder", mode: "755", ownerId: 0, isReadable: true, isWritable: true };
const file: FileFacts = { path: "/srv/x", exists: true, kind: "file", mode: "644", ownerId: 0, isReadable: true, isWritable: true };
const around = (changes: Partial<Surroundings>): Surroundings => ({
  file,
  folder,
  nearest: "/srv",
  freeBytes: 1e9,
  accountId: 1000,
  ...changes,
});

describe("what a snapshot explains", () => {
  it.each([
    ["ENOSPC: no space left", { freeBytes: 0 }, "The disk of /srv is full: 0 bytes free. Make room before you try again."],
    [
      "No space left on device",
      { freeFiles: 0 },
      "The disk of /srv can hold no more files, however small. Remove some before you try again.",
    ],
    ["No space left on device", {}, undefined],
    ["EROFS: read-only file system", {}, "/srv is on a file system that can only be read. Write elsewhere."],
    ["EISDIR: illegal operation", { file: { ...file, kind: "folder" } }, "/srv/x is a folder, not a file."],
    ["ENOTDIR", { folder: { ...folder, kind: "file" } }, "/srv is a file, so nothing can be in it."],
    [
      "EACCES",
      { file: { ...file, isWritable: false } },
      "/srv/x belongs to account 0 (mode 644); you are account 1000 and may not write it.",
    ],
    [
      "EACCES",
      { file: { ...file, isReadable: false } },
      "/srv/x belongs to account 0 (mode 644); you are account 1000 and may not read it.",
    ],
    ["Permission denied", {}, "/srv/x may be read and written, but not run: its mode is 644."],
    ["ENOENT", { file: { path: "/srv/x", exists: false } }, undefined],
    ["String to replace not found", {}, undefined],
  ] as const)("of %s, with %j, is %j", (error, changes, sentence) => {
    expect(explainSnapshot(error, around(changes))).toBe(sentence);
  });
});
