import type { HereDoc, Redirection } from "unbash";
import type { ShellCommand } from "./command.ts";
import type { Expander } from "./expand.ts";
import type { Scope } from "./scope.ts";
import { type ShellWord, text, toWord } from "./word.ts";

/** Where a command's output goes, and what it reads from the text itself. */
export function redirectsOf(
  nodes: readonly Redirection[],
  scope: Scope,
  expander: Expander,
): { redirects: ShellCommand["redirects"]; input: ShellWord | undefined } {
  const redirects: { operator: string; target: ShellWord }[] = [];
  let input: ShellWord | undefined;
  for (const node of nodes) {
    if (node.type === "HereDoc") input = hereDocument(node, scope, expander);
    else if (node.target) {
      const [target = toWord([])] = expander.words(node.target, scope);
      if (node.type === "HereString") input = toWord([...target.pieces, text("\n")]);
      else redirects.push({ operator: node.operator, target });
    }
  }
  return { redirects, input };
}

function hereDocument({ body, operator, delimiter }: HereDoc, scope: Scope, expander: Expander): ShellWord {
  const untabbed = (value: string) => (operator === "<<-" ? value.replace(/^\t+/gm, "") : value);
  if (body.parts) {
    return toWord(expander.body(body.parts, scope).map((piece) => (piece.kind === "text" ? text(untabbed(piece.text)) : piece)));
  }
  const plain = delimiter?.quoted ? body.text : body.text.replace(/\\([$`\\\n])/g, (_, escaped) => (escaped === "\n" ? "" : escaped));
  return toWord([text(untabbed(plain))]);
}
