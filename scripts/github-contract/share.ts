import type { Json } from "./to-json-schema.ts";

// A shorter one is not worth its reference.
const shortest = 60;

/** Gives what is written out several times one place, to which all others refer; that is most of what GitHub describes. */
export function share<T extends Readonly<Record<string, Json>>>(
  roots: T,
  schemas: Record<string, Json>,
): { shared: T; schemas: Record<string, Json> } {
  const counts = new Map<string, number>();
  const count = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    if (isSchema(value)) {
      const text = JSON.stringify(value);
      counts.set(text, (counts.get(text) ?? 0) + 1);
    }
    for (const part of Object.values(value)) count(part);
  };
  count(roots);
  count(schemas);

  const names = new Map(Object.entries(schemas).map(([name, schema]) => [JSON.stringify(schema), name]));
  const all: Record<string, Json> = {};
  const replace = (value: unknown, isTop = false): unknown => {
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.map((part) => replace(part));
    const text = JSON.stringify(value);
    if (!isTop && isSchema(value) && text.length >= shortest && (counts.get(text) ?? 0) > 1)
      return { $ref: `#/schemas/${nameOf(text, value)}` };
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, replace(part)]));
  };
  const nameOf = (text: string, value: object): string => {
    const name = names.get(text) ?? `shared-${names.size}`;
    names.set(text, name);
    all[name] ??= replace(value, true) as Json;
    return name;
  };
  for (const [name, schema] of Object.entries(schemas)) all[name] ??= replace(schema, true) as Json;
  const shared = Object.fromEntries(Object.entries(roots).map(([key, value]) => [key, replace(value, true)])) as T;
  return { shared, schemas: Object.fromEntries(Object.entries(all).toSorted(([one], [other]) => one.localeCompare(other))) };
}

const isSchema = (value: object): boolean => "type" in value && (typeof value.type === "string" || Array.isArray(value.type));
