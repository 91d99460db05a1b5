import type { SlackBlock, SlackCell } from "../../pipeline/mirror/changes.ts";

const fence = "```";
const special = /<([^<>|]*)(?:\|([^<>]*))?>/g;

/** What a message says, out of Slack's escaped text: links unwrapped, people and channels to be named later, fenced code apart. */
export function slackBlocks(text: string): readonly SlackBlock[] {
  const pieces = text.split(fence);
  // Without its end a fence is none.
  const isUnclosed = pieces.length % 2 === 0;
  if (isUnclosed) pieces.push(...[pieces.splice(-2).join(fence)]);
  return pieces.flatMap((piece, index): readonly SlackBlock[] => {
    if (index % 2 === 1) return [{ kind: "code", text: wordsOf(piece).replace(/^\n|\n$/g, "") }];
    const said = piece.trim();
    return said === "" ? [] : [{ kind: "text", cells: toCells(said) }];
  });
}

function toCells(text: string): readonly SlackCell[] {
  const cells: SlackCell[] = [];
  let from = 0;
  for (const { 0: found, 1: target = "", 2: label, index } of text.matchAll(special)) {
    if (index > from) cells.push(unescaped(text.slice(from, index)));
    cells.push(toCell(target, label));
    from = index + found.length;
  }
  if (from < text.length) cells.push(unescaped(text.slice(from)));
  return cells;
}

function toCell(target: string, label: string | undefined): SlackCell {
  const [, user] = /^@([UW][A-Z0-9]+)$/.exec(target) ?? [];
  if (user !== undefined) return { user };
  const [, channel] = /^#([CG][A-Z0-9]+)$/.exec(target) ?? [];
  if (channel !== undefined) return { channel };
  if (/^https?:\/\//.test(target)) return { text: unescaped(label ?? target), url: unescaped(target) };
  if (target.startsWith("!")) return unescaped(label ?? `@${target.slice(1).split("^")[0]}`);
  return unescaped(label ?? target);
}

/** In code nothing is a link or a name. */
const wordsOf = (text: string): string => unescaped(text.replace(special, (_, target: string, label?: string) => label ?? target));

const entities = { amp: "&", lt: "<", gt: ">" } as const;
const unescaped = (text: string): string => text.replace(/&(amp|lt|gt);/g, (_, name: keyof typeof entities) => entities[name]);
