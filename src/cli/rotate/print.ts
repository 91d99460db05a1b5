import { join, relative } from "node:path";
import { renderTerminal } from "../../bot/render/terminal.ts";
import type { HookSettings } from "../../config/hooks.ts";
import type { Rotated } from "../../machine/rotation/rotate.ts";
import { done, facts, type Part, text } from "../../reply.ts";

interface Where {
  readonly place: { readonly project: string };
  readonly settings: HookSettings;
  readonly hookLogs: string;
  readonly isTried: boolean;
}

export function renderRotated({ hookLogs, activities }: Rotated, where: Where): string {
  const { keepDays } = where.settings.rotation;
  if (hookLogs.length === 0 && activities.length === 0) return `Nothing is older than ${keepDays} days.\n`;
  const inProject = (path: string) => relative(where.place.project, path);
  const moved = [
    ...hookLogs.map((name) => ({
      label: inProject(join(where.hookLogs, name)),
      value: inProject(join(where.hookLogs, "archive", `${name}.gz`)),
    })),
    ...activities.map((one) => ({
      label: `${one.activities} ${one.activities === 1 ? "activity" : "activities"}`,
      value: inProject(one.file),
    })),
  ];
  const headline: Part = where.isTried
    ? text(`Older than ${keepDays} days, and would be moved:`)
    : text(`Moved what is older than ${keepDays} days:`, "good");
  return renderTerminal(done("rotated", headline, facts(...moved)));
}
