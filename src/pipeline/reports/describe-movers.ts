import { type Part, type Row, text } from "../../reply.ts";
import { type PicoUsd, showUsd } from "../usage/money.ts";
import { changeOf } from "./movers.ts";
import { nameOf } from "./name-of.ts";
import type { Report } from "./report.ts";
import { type MoverKey, moverKeys } from "./usage-in.ts";
import { counted } from "./words.ts";

const kinds: Readonly<Record<MoverKey, readonly [one: string, many: string]>> = {
  model: ["model", "models"],
  service: ["service", "services"],
  phase: ["phase", "phases"],
  pr: ["pull request", "pull requests"],
  actor: ["person", "people"],
};

/** What changed most since the period before, and what the others came to. */
export function describeMovers({ movers, isFirst }: Report, secrets: readonly string[]): readonly Part[] {
  // One alone moved as the whole did.
  const keys = isFirst ? [] : moverKeys.filter((key) => movers[key].shown.length > 1);
  const rows = keys.flatMap((key) =>
    movers[key].shown.map((mover): Row => {
      const span = `${showUsd(mover.beforePico)} → ${showUsd(mover.nowPico)}`;
      return { cells: [titleOf(key, mover.name, secrets), signed(changeOf(mover)), span] };
    }),
  );
  const others = keys.flatMap((key) => {
    const { count, changePico } = movers[key].rest;
    return count === 0 ? [] : [`${counted(count, ...kinds[key])} ${signed(changePico)}`];
  });
  const more = others.length > 0 ? { more: `Others that moved: ${others.join(", ")}` } : {};
  if (rows.length === 0) return [];
  return [text("What moved most"), { kind: "table", columns: ["What", "Change", "Before → now"], rows, ...more }];
}

/** What cost most in the period. */
export function describeDearest({ dearest }: Report, secrets: readonly string[]): readonly Part[] {
  const rows = [
    ...dearest.prs.map(({ name, pico }): Row => ({ cells: [titleOf("pr", name, secrets), showUsd(pico)] })),
    ...dearest.sessions.map(({ name, pico }): Row => ({ cells: [`session ${nameOf("session", name, secrets)}`, showUsd(pico)] })),
  ];
  return rows.length === 0 ? [] : [text("Dearest pull requests and sessions"), { kind: "table", columns: ["What", "Cost"], rows }];
}

function titleOf(key: MoverKey, name: string | undefined, secrets: readonly string[]): string {
  const shown = nameOf(key, name, secrets);
  if (name === undefined) return shown;
  // GitHub takes `owner/name#5` for a reference, and tells there that it was named.
  return key === "pr" ? shown.replace("#", " PR ") : `${kinds[key][0]} ${shown}`;
}

const signed = (change: PicoUsd): string => `${change > 0n ? "+" : ""}${showUsd(change)}`;
