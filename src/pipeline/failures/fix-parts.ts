import { type Part, text } from "../../reply.ts";
import type { FixDecision } from "./fix-words.ts";

/** What is shown of it, the lines of the log that speak for it among them. */
export const fixParts = ({ text: said, quoted = [], source }: FixDecision): readonly Part[] => [
  text(source === undefined ? said : `${said} Asked: ${source}.`),
  ...(quoted.length > 0 ? [{ kind: "excerpt", text: quoted.join("\n") } as const] : []),
];
