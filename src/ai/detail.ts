import { mask } from "../pipeline/logs/mask.ts";

const mostRead = 20_000;
const mostShown = 300;

/** What a service said, for the log and the audit: masked, in one line of at most 300 characters. */
export function inDetail(text: string, secrets: readonly string[]): string {
  const line = mask(text.slice(0, mostRead), secrets)
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, " ")
    .trim();
  return (line.length <= mostShown ? line : `${line.slice(0, mostShown - 1)}…`).toWellFormed();
}
