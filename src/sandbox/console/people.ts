import { z } from "zod";
import type { PersonName } from "../slack/workspace.ts";

/** Who can type in the console, on both surfaces. */
export const typists = [
  { key: "ada", github: "ada", role: "maintainer" },
  { key: "grace", github: "grace", role: "admin" },
  { key: "ravi", github: "ravi", role: "reader" },
  { key: "uma", github: "uma", role: "not linked" },
] as const satisfies readonly { key: PersonName; github: string; role: string }[];

/** A typist by name, as the page sends it. */
export const As = z.enum(typists.map(({ key }) => key));
type As = z.infer<typeof As>;

export const githubOf = (as: As): string => typists.find(({ key }) => key === as)?.github ?? as;
