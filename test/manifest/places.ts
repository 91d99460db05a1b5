/** An object, list or value within a value, and where it stands: `["features", "shortcuts", 0]`. */
export interface Place {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
}

/** Every place within a value, itself included. */
export function placesIn(value: unknown, path: Place["path"] = []): Place[] {
  if (typeof value !== "object" || value === null) return [{ path, value }];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [{ path, value }, ...entries.flatMap(([key, each]) => placesIn(each, [...path, key]))];
}

/** A copy that holds another value at the place; undefined takes the key away. */
export function withAt(whole: unknown, [key, ...rest]: Place["path"], value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(whole)) return whole.with(key as number, withAt(whole[key as number], rest, value));

  const { [key]: before, ...others } = whole as Record<string | number, unknown>;
  const after = withAt(before, rest, value);
  return after === undefined ? others : { ...others, [key]: after };
}
