import { longestText } from "../shell/commands.ts";

/** A part of a prompt that is meant as it stands for a shell. */
export interface CommandText {
  readonly text: string;
  /** Where it begins; the first line is 1. */
  readonly line: number;
}

const mostTexts = 50;
const shellFence = /^(?:|sh|bash|shell|zsh|console|terminal|shell-session)$/i;
/** What makes a sentence of a line that begins with the name of a program. */
const prose =
  /[?]\s*$|\s(?:is|are|was|the|why|what|when|how|please|this|that|these|does|do|did|would|should|could|can|never|not|it|its|an?|of|with|because|but|then)(?:[\s.,:;!]|$)/i;

/** Blocks of a shell's commands, lines behind a `$`, and a prompt that is nothing but one line. Sentences that mention a command are none. */
export function commandTextsIn(prompt: string): readonly CommandText[] {
  const lines = prompt.slice(0, longestText).split("\n");
  const found: CommandText[] = [];
  let fence: { readonly mark: string; readonly from: number; readonly isShell: boolean } | undefined;
  for (const [index, line] of lines.entries()) {
    if (found.length >= mostTexts) break;
    const mark = /^ {0,3}(`{3,}|~{3,})\s*([^\s`]*)/.exec(line);
    if (fence) {
      if (mark?.[1]?.startsWith(fence.mark) && mark[2] === "") {
        if (fence.isShell) found.push(...ofBlock(lines.slice(fence.from, index), fence.from));
        fence = undefined;
      }
    } else if (mark?.[1]) fence = { mark: mark[1], from: index + 1, isShell: shellFence.test(mark[2] ?? "") };
    else found.push(...behindPrompt(line, index));
  }
  const only = prompt.trim();
  if (found.length === 0 && only !== "" && !only.includes("\n") && !prose.test(only)) return [{ text: only, line: 1 }];
  return found;
}

/** In a block with a `$` the rest is what was printed. */
function ofBlock(lines: readonly string[], from: number): readonly CommandText[] {
  const prompted = lines.flatMap((line, index) => behindPrompt(line, from + index));
  return prompted.length > 0 ? prompted : [{ text: lines.join("\n"), line: from + 1 }];
}

function behindPrompt(line: string, index: number): readonly CommandText[] {
  const text = /^\s*\$ +(\S.*)$/.exec(line)?.[1];
  return text === undefined || prose.test(text) ? [] : [{ text, line: index + 1 }];
}
