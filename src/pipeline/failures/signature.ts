import { clipped } from "../logs/clipped.ts";
import { isTooGeneric } from "./too-generic.ts";

const longest = 200;
/** An error is told near the start of its line. */
const looksAt = 2_000;

/** In order: what stands first takes what a later one would take apart. Each is linear: anchored by a literal, or of bounded length. */
const varying: readonly (readonly [pattern: RegExp, instead: string])[] = [
  // The runner's and the container's workspace: what stands below it is the repository's own.
  [/(?:\/home\/runner\/work|\/__w|\/Users\/runner\/work|[A-Z]:\\a|\/[\w.-]{1,40}\/_work)[\\/][\w.-]{1,100}[\\/][\w.-]{1,100}[\\/]/g, ""],
  [
    /(?:\/home\/runner\/work\/_temp|\/__w\/_temp|\/var\/folders|\/private\/var\/folders|\/var\/tmp|\/tmp|\/dev\/shm)\/[^\s:'"`,;)\]]*/g,
    "<tmp>",
  ],
  [/[A-Z]:\\(?:Users\\[\w.~-]{1,60}\\AppData\\Local\\Temp|a\\_temp)\\[^\s:'"`,;)\]]*/g, "<tmp>"],
  [/\btmp[\w.-]{6,40}\b/g, "<tmp>"],
  [/\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?: ?Z| ?[+-]\d\d:?\d\d)?)?/g, "<time>"],
  [/\b(?:[A-Z][a-z]{2} {1,2}\d{1,2} )?\d{1,2}:\d\d:\d\d(?:[.,]\d{1,9})?/g, "<time>"],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, "<id>"],
  [/\b0x[0-9a-f]{1,40}\b/gi, "<hex>"],
  [/\b(?=[a-f]{0,40}\d)(?=\d{0,40}[a-f])[0-9a-f]{7,128}\b/gi, "<hex>"],
];

/** A status is what happened; every other number may be another one next time. */
const numbers =
  /(\b(?:HTTP(?:\/\d(?:\.\d)?)? |status(?: code)?[:=]? {0,2}|returned error: |E|TS|CS|C|LNK)[1-9]\d{2,4}\b)|(?<![\w.])\d{1,40}(?:[.,]\d{1,40}){0,8}(?: ?(?:ns|µs|us|ms|s|secs?|seconds?|min|minutes?|[KMGT]i?B|bytes)\b|%)?/g;

/**
 * The first error without what differs each time: equal signatures are the same failure. Undefined for a line that says only that something
 * failed, since two of those have nothing in common.
 *
 * @param tool whose line it is, as the excerpt says
 */
export function toSignature(line: string, tool?: string): string | undefined {
  let text = line.slice(0, looksAt).replace(/^\s*Error: +/, "");
  for (const [pattern, instead] of varying) text = text.replace(pattern, instead);
  text = text.replace(numbers, (_, status?: string) => status ?? "<n>");
  const signature = clipped(text.replace(/\s+/g, " ").trim(), longest);
  return isTooGeneric(signature, tool) ? undefined : signature;
}
