import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { buildSchema, parse, validate } from "graphql";
import { describe, expect, it } from "vitest";

const file = new URL("./schema.graphql", import.meta.resolve("@octokit/graphql-schema"));
const schema = buildSchema(readFileSync(fileURLToPath(file), "utf8"), { assumeValidSDL: true, noLocation: true });

const folder = new URL("../../../src/bot/github/documents/", import.meta.url);
type Documents = Readonly<Record<string, string | ((count: number) => string)>>;
const modules = await Promise.all(readdirSync(folder).map((name): Promise<Documents> => import(new URL(name, folder).href)));

describe("GraphQL documents", () => {
  it.each(modules.flatMap((documents) => Object.entries(documents)))("%s is valid in GitHub's schema", (_, document) => {
    const source = typeof document === "string" ? document : document(3);

    expect(validate(schema, parse(source)).map(({ message }) => message)).toEqual([]);
  });
});
