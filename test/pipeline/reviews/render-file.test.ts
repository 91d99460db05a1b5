import { describe, expect, it } from "vitest";
import { readPatch } from "../../../src/pipeline/reviews/patch.ts";
import { fitToShow, renderFile } from "../../../src/pipeline/reviews/render-file.ts";
import { aFile, numbered, patchOf, pay } from "./a-change.ts";

const render = (file: ReturnType<typeof aFile>, forms: readonly string[] = []) =>
  renderFile(file, fitToShow(readPatch(file.patch ?? "") ?? [], forms));

// Put together at run time, so that no scanner takes it for leaked.
const dashes = "-----";
const key = [`${dashes}BEGIN RSA PRIVATE KEY${dashes}`, "MIIEpAIBAAKCAQEA7", "abc+/=", `${dashes}END RSA PRIVATE KEY${dashes}`];

describe("a file in the prompt", () => {
  it("has each line with its number in the new file", () => {
    expect(render(aFile("src/pay.ts", pay.before, pay.after))).toMatchInlineSnapshot(`
      "File: src/pay.ts (modified)
      @@
      1   export async function pay(cents: number) {
      2     check(cents);
        -   await send(cents);
      3 +   send(cents * 2);
      4     return true;
      5   }"
    `);
  });

  it("says where it was before", () => {
    expect(render(aFile("b.ts", "a\n", "b\n", { status: "renamed", previousPath: "a.ts" }))).toMatch(
      /^File: b\.ts \(renamed, before a\.ts\)\n/,
    );
  });

  it("shows no secret, and keeps the numbers of the lines around it", () => {
    const after = ["const a = 1;", ...key, 'const password = "hunter2hunter2";', "const own = own-secret-value;", "const z = 2;", ""].join(
      "\n",
    );
    const shown = render(aFile("a.ts", "", after), ["own-secret-value"]);

    expect(shown).not.toMatch(/MIIE|abc\+|hunter2|own-secret/);
    expect(shown.split("\n").slice(2)).toEqual([
      "1 + const a = 1;",
      "2 + ***",
      "3 + ***",
      "4 + ***",
      "5 + ***",
      '6 + const password = "***";',
      "7 + const own = ***;",
      "8 + const z = 2;",
    ]);
  });

  it("shows no key that is only removed, between lines that are added", () => {
    const patch = `@@ -1,4 +1,4 @@\n${key.map((line) => `-${line}\n+const x = 1;`).join("\n")}`;
    const shown = render({ ...aFile("a.ts", "a", "b"), patch });

    expect(shown).not.toMatch(/MIIE|abc\+/);
    expect(shown.match(/const x = 1;/g)).toHaveLength(4);
  });

  it("shows no rest of a key whose first line is only the hunk's heading", () => {
    const shown = render({ ...aFile("a.ts", "a", "b"), patch: `@@ -9,2 +9,2 @@ ${key[0]}\n MIIEpAIBAAKCAQEA7\n-abc\n+def` });

    expect(shown).not.toMatch(/MIIE|abc|def/);
  });

  it("writes out what nobody sees, and cuts lines that no person wrote", () => {
    const shown = render(aFile("a.ts", "", `if (isAdmin\u202e) {\n${"x".repeat(5_000)}\n`));

    expect(shown).toContain("1 + if (isAdmin<U+202E>) {");
    expect(shown.length).toBeLessThan(1_200);
  });

  it("shortens what is only removed", () => {
    const shown = render({ ...aFile("a.ts", "a", "b"), patch: patchOf(numbered(100), numbered(3)) });

    expect(shown).toContain("- line 23\n");
    expect(shown).not.toContain("line 24");
    expect(shown).toContain("(77 more lines were removed here)");
  });
});
