import type { AppNeed } from "../src/bot/github/app-needs.ts";
import { appEvents, appPermissions } from "../src/bot/github/app-needs.ts";
import { markdownTable } from "./markdown-table.ts";

/** What the GitHub App may do, as its settings page asks for it. */
export function permissionTable(): string {
  return markdownTable(
    ["Repository permission", "Access", "Why"],
    appPermissions.map((need) => [titled(need), { read: "Read-only", write: "Read and write" }[need.access], need.why]),
  );
}

/** What the GitHub App is told of. */
export function appEventTable(): string {
  return markdownTable(
    ["Event", "Why"],
    appEvents.map((need) => [titled(need), need.why]),
  );
}

const titled = ({ title, name }: AppNeed): string => `${title} (\`${name}\`)`;
