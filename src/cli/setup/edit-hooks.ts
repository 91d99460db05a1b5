import { isDeepStrictEqual } from "node:util";
import { isMap, isScalar, type Pair, parseDocument, type YAMLMap } from "yaml";
import type { ClaudeSettings } from "./merge.ts";
import { byteOrderMark } from "./settings-file.ts";

type Hooks = NonNullable<ClaudeSettings["hooks"]>;

/**
 * Writes settings into the text of their file. Only what changes is written anew, event by event, with the file's own indentation and line ends; the
 * rest keeps every space.
 */
export function editHooks(text: string | undefined, before: ClaudeSettings, after: ClaudeSettings): string {
  if (isDeepStrictEqual(before, after)) return text ?? "";
  const mark = byteOrderMark.exec(text ?? "")?.[0] ?? "";
  const plain = (text ?? "").slice(mark.length);
  const lineEnd = plain.includes("\r\n") ? "\r\n" : "\n";
  const indent = /^([ \t]+)\S/m.exec(plain)?.[1] ?? "  ";
  const write = (value: unknown, depth: number) =>
    JSON.stringify(value, undefined, indent).replaceAll("\n", `${lineEnd}${indent.repeat(depth)}`);

  const edited = plain.trim().includes("\n") ? editInPlace(plain, before, after, { indent, lineEnd, write }) : undefined;
  // Whatever the text was like: what it says is what was meant.
  const result =
    edited !== undefined && says(edited, after) ? edited : `${write(after, 0)}${/\s$/.test(plain) || plain === "" ? lineEnd : ""}`;
  return mark + result;
}

function says(text: string, meant: ClaudeSettings): boolean {
  try {
    return isDeepStrictEqual(JSON.parse(text), meant);
  } catch {
    return false;
  }
}

interface Style {
  readonly indent: string;
  readonly lineEnd: string;
  write(value: unknown, depth: number): string;
}

function editInPlace(text: string, before: ClaudeSettings, after: ClaudeSettings, style: Style): string | undefined {
  // JSON is YAML, whose reader knows where everything stands.
  const root = parseDocument(text).contents;
  if (!isMap(root)) return undefined;
  const hooks = root.items.find((pair) => keyOf(pair) === "hooks");
  if (after.hooks === undefined) return hooks && withoutPair(text, root, "hooks");
  if (!hooks || !isMap(hooks.value) || hooks.value.items.length === 0 || !text.slice(...rangeOf(hooks.value)).includes("\n"))
    return withPair(text, root, { key: "hooks", value: after.hooks, depth: 1 }, style);
  let edited = text;
  const events = new Set([...Object.keys(before.hooks ?? {}), ...Object.keys(after.hooks)]);
  for (const event of events) {
    const [old, value] = [groupsOf(before.hooks, event), groupsOf(after.hooks, event)];
    if (isDeepStrictEqual(old, value)) continue;
    const map = hooksIn(edited);
    if (!map) return undefined;
    edited = value === undefined ? withoutPair(edited, map, event) : withPair(edited, map, { key: event, value, depth: 2 }, style);
  }
  return edited;
}

/** Every object has a `constructor`, also where nobody wrote one. */
const groupsOf = (hooks: Hooks | undefined, event: string) => (hooks && Object.hasOwn(hooks, event) ? hooks[event] : undefined);

function hooksIn(text: string): YAMLMap | undefined {
  const root = parseDocument(text).contents;
  const value = isMap(root) ? root.get("hooks", true) : undefined;
  return isMap(value) ? value : undefined;
}

interface Put {
  readonly key: string;
  readonly value: unknown;
  readonly depth: number;
}

/** Replaces the value of a key, or adds the key behind the last one. */
function withPair(text: string, map: YAMLMap, { key, value, depth }: Put, { indent, lineEnd, write }: Style): string {
  const pair = map.items.find((each) => keyOf(each) === key);
  if (pair) {
    const [from, to] = rangeOf(pair.value);
    return text.slice(0, from) + write(value, depth) + text.slice(to);
  }
  const last = map.items.at(-1);
  const line = `${lineEnd}${indent.repeat(depth)}${JSON.stringify(key)}: ${write(value, depth)}`;
  if (last) {
    const [, to] = rangeOf(last.value);
    return `${text.slice(0, to)},${line}${text.slice(to)}`;
  }
  const [from, to] = rangeOf(map);
  return `${text.slice(0, from)}{${line}${lineEnd}${indent.repeat(depth - 1)}}${text.slice(to)}`;
}

/** Takes a key out with the comma that parted it. */
function withoutPair(text: string, map: YAMLMap, key: string): string {
  const at = map.items.findIndex((each) => keyOf(each) === key);
  const [previous, pair, next] = [map.items[at - 1], map.items[at], map.items[at + 1]];
  if (!pair) return text;
  const [, to] = rangeOf(pair.value);
  if (previous) return text.slice(0, rangeOf(previous.value)[1]) + text.slice(to);
  const [from] = next ? rangeOf(pair.key) : rangeOf(map);
  return next ? text.slice(0, from) + text.slice(rangeOf(next.key)[0]) : `${text.slice(0, from)}{}${text.slice(rangeOf(map)[1])}`;
}

const keyOf = ({ key }: Pair): unknown => (isScalar(key) ? key.value : undefined);

function rangeOf(node: unknown): readonly [number, number] {
  const { range } = node as { range?: readonly [number, number, number] | null };
  return range ? [range[0], range[1]] : [0, 0];
}
