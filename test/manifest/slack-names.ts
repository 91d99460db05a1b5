import { readFileSync } from "node:fs";

/** Types are gone at run time, so the names are read out of the file that declares them; its folder is not exported, so it is found by the main file's. */
const declaration = readFileSync(new URL("types/request/manifest.d.ts", import.meta.resolve("@slack/web-api")), "utf8");

/**
 * The names that web-api knows for a manifest.
 *
 * @throws Error when the declaration no longer looks like a union of names
 */
export function slackNames(union: "BotScope" | "ManifestEvent"): ReadonlySet<string> {
  const [, members = ""] = new RegExp(`^type ${union} = ([^;]+);`, "m").exec(declaration) ?? [];
  const names = members.split("|").map((member) => /^'([\w.:-]+)'$/.exec(member.trim())?.[1]);
  if (names.some((name) => name === undefined)) throw new Error(`web-api declares ${union} in another way now.`);
  return new Set(names as string[]);
}
