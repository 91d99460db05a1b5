import { describe, expect, it } from "vitest";
import { z } from "zod";
import { schemaTable } from "../../scripts/schema-table.ts";

describe("the table of a schema", () => {
  it("says names, meanings and defaults, in nested objects and lists too", () => {
    const list = z.array(z.strictObject({ id: z.string().meta({ description: "its id" }) })).default([]);
    const schema = z.strictObject({
      word: z.enum(["a|b", "c"]).default("a|b").meta({ description: "a word" }),
      level: z.string().optional().meta({ description: "a level", unset: "what is usual" }),
      list: list.meta({ description: "a list" }),
      more: z.strictObject({ port: z.coerce.number().default(0).meta({ description: "a port" }) }).prefault({}),
    });

    expect(schemaTable(schema, "Key").split("\n").slice(2)).toEqual([
      "| `word` | a word | `a\\|b` |",
      "| `level` | a level | what is usual |",
      "| `list` | a list | none |",
      "| `list[].id` | its id |  |",
      "| `more.port` | a port | `0` |",
    ]);
  });

  it("is refused while something in it has no meaning", () => {
    const schema = z.object({ A: z.string(), b: z.strictObject({ c: z.string() }) });

    expect(() => schemaTable(schema, "Key")).toThrow("Say what these mean, with .meta({ description }): A, b.c");
  });
});
