export type Json = { readonly [key: string]: unknown };

/** What constrains a value; the rest is for readers. */
const constraints = new Set([
  "type",
  "enum",
  "required",
  "items",
  "additionalProperties",
  "minimum",
  "maximum",
  "minLength",
  "maxLength",
  "minItems",
  "maxItems",
  "maxProperties",
  "pattern",
]);

/** Rewrites a schema of OpenAPI 3.0 as JSON Schema, without what only describes; references lead to `#/schemas/`. */
export function toJsonSchema(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(toJsonSchema);
  if (typeof schema !== "object" || schema === null) return schema;

  const { nullable, $ref, properties, format, oneOf, anyOf, allOf, ...rest } = schema as Json;
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(rest)) if (constraints.has(key)) kept[key] = isData(key) ? value : toJsonSchema(value);
  if (typeof $ref === "string") kept.$ref = $ref.replace("#/components/", "#/");
  if (format === "date-time") kept.format = format;
  if (properties) kept.properties = mapValues(properties as Json);
  // Of GitHub's alternatives several may fit the same value.
  if (oneOf ?? anyOf) kept.anyOf = toJsonSchema(oneOf ?? anyOf);
  if (allOf) kept.allOf = toJsonSchema(allOf);
  return nullable === true ? orNull(kept) : kept;
}

const isData = (key: string): boolean => key === "enum" || key === "required" || key === "type";

const mapValues = (properties: Json): Json =>
  Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, toJsonSchema(value)]));

function orNull(schema: Record<string, unknown>): Json {
  const { type, enum: values, ...rest } = schema;
  if (typeof type !== "string") return Object.keys(schema).length === 0 ? {} : { anyOf: [schema, { type: "null" }] };
  return { ...rest, type: [type, "null"], ...(Array.isArray(values) && { enum: [...new Set([...values, null])] }) };
}
