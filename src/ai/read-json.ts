/**
 * Reads a JSON object that a model wrote, also in a fence or with words around it, as long as there is exactly one.
 *
 * @returns undefined where there is none, or more than one
 */
export function readJson(text: string): unknown {
  return parsed(text) ?? onlyOne(objectsIn(text));
}

function onlyOne(found: readonly unknown[]): unknown {
  return found.length === 1 ? found[0] : undefined;
}

/** All objects in the text that are in no other one; in one pass. */
function objectsIn(text: string): readonly unknown[] {
  const found: unknown[] = [];
  for (let at = text.indexOf("{"); at !== -1; ) {
    const end = endOfObject(text, at);
    if (end === undefined) break;
    const value = parsed(text.slice(at, end));
    if (value !== undefined) found.push(value);
    at = text.indexOf("{", end);
  }
  return found;
}

/** The place behind the brace that closes the one at `from`; braces within strings do not count. */
function endOfObject(text: string, from: number): number | undefined {
  let depth = 0;
  let isString = false;
  for (let at = from; at < text.length; at += 1) {
    const sign = text[at];
    if (isString) {
      if (sign === "\\") at += 1;
      else if (sign === '"') isString = false;
    } else if (sign === '"') isString = true;
    else if (sign === "{") depth += 1;
    else if (sign === "}") {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
