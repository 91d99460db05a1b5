import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commandsIn } from "../../../src/hooks/shell/commands.ts";
import { filesWrittenBy, mayWrite } from "../../../src/hooks/shell/files-written.ts";
import { mayHold } from "../../../src/hooks/shell/may-hold.ts";

describe("words that a text may hold", () => {
  it.each(["touch a", "/bin/touch a", "ls;touch a", "echo a | xargs touch", 'to"uc"h a', "$X a", "t\\ouch a", "to{uch,} a"])(
    "may be there in %s",
    (text) => {
      expect(mayHold(text, (word) => word === "touch")).toBe(true);
    },
  );

  it.each(["ls -la src", "cargo test --workspace 2>&1 | tail -5", "touching a"])("are surely not in %s", (text) => {
    expect(mayHold(text, (word) => word === "touch")).toBe(false);
  });

  it("are never missed where the text, read as a shell reads it, writes files or runs elsewhere", async () => {
    const pieces = ["a", "b/c", " ", " ", "\n", ";", "|", "&&", ">", ">>", "2>&1", "=", "-C", "--", "%s", "..", "/x", "@", ":"];
    const words = ["touch", "/bin/tee", "cp", "mv", "ln", "install", "cd", "pushd", "popd", "sudo -D /x", "env -C /x", "git -C /x log"];
    const running = ["echo", "printf", "xargs", "sh", "bash -c", "eval", "timeout 5", "find . -exec", "-exec", "if true", "then", "fi"];
    const piece = fc.oneof(
      fc.constantFrom(...pieces),
      fc.constantFrom(...words, ...running).map((each) => ` ${each} `),
    );
    const texts = fc.array(piece, { maxLength: 12 }).map((each) => each.join(""));

    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const { commands } = await commandsIn(text, { folder: "/srv", variables: {} });

        if (!mayWrite(text)) expect(commands.flatMap(filesWrittenBy)).toEqual([]);
        if (!mayHold(text, (word) => /^(?:cd|pushd|popd|-C|-D)$/.test(word)))
          expect(commands.filter(({ folder }) => folder !== "/srv")).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
