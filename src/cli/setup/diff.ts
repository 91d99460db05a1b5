type Line = { readonly sign: " " | "-" | "+"; readonly text: string };

const contextLines = 3;
/** Above that many pairs of lines it is no longer looked for what stayed. */
const mostPairs = 4_000_000;

/** What changes between two texts, line by line, as `diff -u` shows it; empty when nothing does. */
export function unifiedDiff(name: string, before: string | undefined, after: string): string {
  const lines = compared(linesOf(before ?? ""), linesOf(after));
  const isShown = lines.map((_, at) => lines.slice(Math.max(0, at - contextLines), at + contextLines + 1).some(({ sign }) => sign !== " "));
  const hunks = lines.flatMap(({ sign, text }, at) => {
    if (!isShown[at]) return [];
    return [...(isShown[at - 1] ? [] : [headOf(lines, isShown, at)]), `${sign}${text}`];
  });
  return hunks.length === 0 ? "" : [before === undefined ? "--- /dev/null" : `--- ${name}`, `+++ ${name}`, ...hunks, ""].join("\n");
}

function headOf(lines: readonly Line[], isShown: readonly boolean[], from: number): string {
  const end = isShown.indexOf(false, from);
  const hunk = lines.slice(from, end === -1 ? undefined : end);
  const side = (other: "-" | "+") => {
    const count = hunk.filter(({ sign }) => sign !== other).length;
    const start = lines.slice(0, from).filter(({ sign }) => sign !== other).length + (count === 0 ? 0 : 1);
    return count === 1 ? String(start) : `${start},${count}`;
  };
  return `@@ -${side("+")} +${side("-")} @@`;
}

const linesOf = (text: string): readonly string[] => (text === "" ? [] : text.replace(/\r?\n$/, "").split(/\r?\n/));

function compared(before: readonly string[], after: readonly string[]): readonly Line[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head += 1;
  let tail = 0;
  const most = Math.min(before.length, after.length) - head;
  while (tail < most && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  const same = (lines: readonly string[]) => lines.map((text): Line => ({ sign: " ", text }));
  return [
    ...same(before.slice(0, head)),
    ...middle(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    ...same(before.slice(before.length - tail)),
  ];
}

/** By the longest common subsequence. */
function middle(before: readonly string[], after: readonly string[]): readonly Line[] {
  const removed = (text: string): Line => ({ sign: "-", text });
  const added = (text: string): Line => ({ sign: "+", text });
  if (before.length * after.length > mostPairs) return [...before.map(removed), ...after.map(added)];
  const width = after.length + 1;
  const longest = new Uint32Array((before.length + 1) * width);
  const at = (i: number, j: number): number => longest[i * width + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i -= 1)
    for (let j = after.length - 1; j >= 0; j -= 1)
      longest[i * width + j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const [old, fresh] = [before[i], after[j]];
    if (old !== undefined && old === fresh) {
      lines.push({ sign: " ", text: old });
      i += 1;
      j += 1;
    } else if (fresh === undefined || (old !== undefined && at(i + 1, j) >= at(i, j + 1))) {
      lines.push(removed(old ?? ""));
      i += 1;
    } else {
      lines.push(added(fresh));
      j += 1;
    }
  }
  return lines;
}
