import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { shortcuts } from "../../../src/sandbox/console/shortcuts.ts";

describe("the console's shortcuts", () => {
  it("are those that Slack reads in the manifest, by the same names", () => {
    const manifest = parse(readFileSync(join(import.meta.dirname, "../../../manifest.yml"), "utf8"));

    const inManifest = manifest.features.shortcuts.map(({ name, type, callback_id }: Record<string, string>) => [callback_id, name, type]);

    expect(shortcuts.map(({ callbackId, label, kind }) => [callbackId, label, kind])).toEqual(inManifest);
  });
});
