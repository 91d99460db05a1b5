const opening = "<!--";
const closing = "-->";

/** Of each line, whether a comment that is open at its end is closed before the paragraph ends: else it is none. */
export function closings(lines: readonly string[]): readonly boolean[] {
  const found: boolean[] = [];
  for (let index = lines.length - 1; index >= 0; index--) {
    const next = lines[index + 1] ?? "";
    found[index] = next.trim() !== "" && (next.includes(closing) || found[index + 1] === true);
  }
  return found;
}

/**
 * What a line of Markdown shows. A comment that begins a line hides everything until it is closed; one inside a line is one only where it is closed
 * in the same paragraph, and in code there are none.
 */
export function withoutComments(line: string, startsHidden: boolean, isClosedBelow: boolean): { text: string; isHidden: boolean } {
  const lastClosing = line.lastIndexOf(closing);
  let text = "";
  let isHidden = startsHidden;
  let isCode = false;
  for (let at = 0; at < line.length; ) {
    const mark = isHidden ? closing : opening;
    const found = line.indexOf(mark, at);
    const passed = line.slice(at, found === -1 ? undefined : found);
    if (!isHidden) {
      text += passed;
      if ((passed.split("`").length - 1) % 2 === 1) isCode = !isCode;
    }
    if (found === -1) break;
    at = found + mark.length;
    const beginsLine = found <= 3 && line.slice(0, found).trim() === "";
    const isComment = isHidden || beginsLine || (!isCode && (lastClosing >= at || isClosedBelow));
    if (isComment) isHidden = !isHidden;
    else text += mark;
  }
  return { text, isHidden };
}
