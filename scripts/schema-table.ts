import { z } from "zod";
import { markdownTable } from "./markdown-table.ts";

interface Row {
  readonly path: string;
  readonly description: string;
  readonly otherwise: string;
}

/**
 * A table of all that a schema takes: name, meaning, default. The keys of nested objects stand as `links[].github.id`.
 *
 * @throws Error naming what has no description
 */
export function schemaTable(schema: z.ZodObject, heading: string): string {
  const rows = rowsOf(z.toJSONSchema(schema, { io: "input" }), "");
  const silent = rows.filter(({ description }) => description === "").map(({ path }) => path);
  if (silent.length > 0) throw new Error(`Say what these mean, with .meta({ description }): ${silent.join(", ")}`);

  return markdownTable(
    [heading, "Means", "Default"],
    rows.map(({ path, description, otherwise }) => [`\`${path}\``, description, otherwise]),
  );
}

type JsonSchema = z.core.JSONSchema.JSONSchema;

function rowsOf({ properties = {} }: JsonSchema, prefix: string): Row[] {
  return Object.entries(properties).flatMap(([name, property]) => {
    if (typeof property === "boolean") throw new Error(`${prefix}${name} is not described by a schema.`);
    const path = `${prefix}${name}`;
    const { items } = property;
    const isListOfObjects = typeof items === "object" && !Array.isArray(items) && items.properties !== undefined;
    if (isListOfObjects) return [rowOf(path, property), ...rowsOf(items, `${path}[].`)];
    return property.properties ? rowsOf(property, `${path}.`) : [rowOf(path, property)];
  });
}

const rowOf = (path: string, property: JsonSchema): Row => ({
  path,
  description: property.description ?? "",
  otherwise: typeof property.unset === "string" ? property.unset : written(property.default),
});

function written(fallback: unknown): string {
  if (fallback === undefined) return "";
  if (Array.isArray(fallback) && fallback.length === 0) return "none";
  const hasObjects = Array.isArray(fallback) && fallback.some((each) => typeof each === "object");
  return `\`${hasObjects ? JSON.stringify(fallback) : String(fallback)}\``;
}
