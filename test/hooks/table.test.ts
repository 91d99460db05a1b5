import { describe, expect, it } from "vitest";
import { hookModules } from "../../src/config/hooks.ts";
import { table } from "../../src/hooks/index.ts";

describe("the table of hooks", () => {
  it("has exactly the modules that the settings can switch off", () => {
    const names = new Set(Object.values(table).flatMap((modules) => modules.map(({ name }) => name)));

    expect([...names].toSorted()).toEqual([...hookModules]);
  });
});
