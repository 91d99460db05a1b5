import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { buildSchema, parse, validate } from "graphql";
import { describe, expect, it } from "vitest";
import * as documents from "../../../src/bot/github/documents.ts";

const file = new URL("./schema.graphql", import.meta.resolve("@octokit/graphql-schema"));
const schema = buildSchema(readFileSync(fileURLToPath(file), "utf8"), { assumeValidSDL: true, noLocation: true });

describe("GraphQL documents", () => {
  it.each(Object.entries(documents))("%s is valid in GitHub's schema", (_, document) => {
    const source = typeof document === "string" ? document : document(3);

    expect(validate(schema, parse(source)).map(({ message }) => message)).toEqual([]);
  });
});
