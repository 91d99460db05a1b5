import { describe, expect, it } from "vitest";
import { pathInError } from "../../../src/hooks/failures/path-in-error.ts";

describe("the file that an error is about", () => {
  it.each([
    ["Error: ENOENT: no such file or directory, open '/srv/a b.txt'", "/srv/a b.txt"],
    ["FileNotFoundError: [Errno 2] No such file or directory: 'data/in.csv'", "data/in.csv"],
    ["Exit code 2\nls: cannot access '/nonexistent-dir': No such file or directory", "/nonexistent-dir"],
    ["mkdir: cannot create directory ‘/usr/x’: Permission denied", "/usr/x"],
    ["Exit code 1\ncat: notes.txt: No such file or directory", "notes.txt"],
    ["Exit code 126\n/bin/bash: line 1: ./run.sh: Permission denied", "./run.sh"],
    ["bash: /mnt/ro/x: Read-only file system", "/mnt/ro/x"],
  ])("is found in %j", (error, path) => {
    expect(pathInError(error)).toBe(path);
  });

  it.each(["cc: error: No space left on device", "git@github.com: Permission denied (publickey).", "error: it broke", ""])(
    "is none in %j",
    (error) => {
      expect(pathInError(error)).toBeUndefined();
    },
  );

  it.each([["'"], ["x: "], ["ENOENT: "], ["a\n"], ["[Errno 2] "]])("is looked for in linear time: %j", (piece) => {
    const begun = performance.now();

    pathInError(piece.repeat(500_000));

    expect(performance.now() - begun).toBeLessThan(500);
  });
});
