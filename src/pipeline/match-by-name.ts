import { UserError } from "../errors.ts";
import { text } from "../reply.ts";
import { nearest } from "./nearest.ts";
import type { JobState } from "./pipelines.ts";
import { isRed } from "./runs.ts";

const mostListed = 10;

interface Named {
  readonly name: string;
  readonly state?: JobState;
  readonly actions?: { readonly workflow: string };
}

/** `CI / build`: what tells jobs of one name in two workflows apart. */
export const fullName = ({ name, actions }: Named): string => (actions ? `${actions.workflow} / ${name}` : name);

/**
 * Finds what was typed: by its exact name, with its workflow before it or without, else by what only one name begins with or holds.
 *
 * @param what "job" or "workflow"
 * @throws UserError that lists the names when none or several match: nothing is guessed
 */
export function matchByName<T extends Named>(what: "job" | "workflow", all: readonly T[], typed: string, where: string): T {
  const wanted = typed.toLowerCase();
  const ways: readonly ((name: string) => boolean)[] = [
    (name) => name === typed,
    (name) => name.toLowerCase() === wanted,
    (name) => name.toLowerCase().startsWith(wanted),
    (name) => name.toLowerCase().includes(wanted),
  ];
  for (const isMeant of ways) {
    const found = all.filter((job) => isMeant(job.name) || isMeant(fullName(job)));
    const one = theOneAmong(found);
    if (one) return one;
    if (found.length > 1) {
      throw listing(
        `ambiguous_${what}`,
        `${found.length} ${what}s ${where} match “${typed}”. Nothing was done. Name one of them:`,
        what,
        found,
      );
    }
  }
  if (all.length === 0) throw new UserError("not_applicable", `no_${what}s`, `There are no ${what}s ${where} yet.`);
  const near = nearTo(wanted, all);
  const offer = near.length === 0 ? "" : ` Did you mean ${near.map((one) => `“${fullName(one)}”`).join(" or ")}?`;
  const rest = all.filter((one) => !near.includes(one));
  throw listing(`unknown_${what}`, `No ${what} ${where} is called “${typed}”.${offer} There are:`, what, [...near, ...rest]);
}

const mostOffers = 3;

/** Those that differ by a slip or two, best first; `test-rust` is near to `test-rust (m68040)`. */
function nearTo<T extends Named>(wanted: string, all: readonly T[]): readonly T[] {
  const named = all.flatMap((one) => namesOf(one).map((name) => ({ name, one })));
  const near = nearest(wanted, [...new Set(named.map(({ name }) => name))]);
  const found = near.flatMap((best) => named.filter(({ name }) => name === best).map(({ one }) => one));
  return [...new Set(found)].slice(0, mostOffers);
}

/** How somebody may call it: with its workflow, without, and without what sets jobs of a matrix apart. */
const namesOf = (one: Named): readonly string[] =>
  [fullName(one), one.name, one.name.replace(/ *\([^()]*\)$/, "")].map((name) => name.toLowerCase());

/** A workflow that runs on push and on pull request has each job twice: then the one that failed is meant, else the newest. */
function theOneAmong<T extends Named>(found: readonly T[]): T | undefined {
  if (new Set(found.map(fullName)).size !== 1) return undefined;
  return found.find(({ state }) => state && isRed(state)) ?? found.at(-1);
}

function listing(reason: string, sentence: string, what: "job" | "workflow", all: readonly Named[]): UserError {
  const names = all.slice(0, mostListed).map((one) => ({ cells: [fullName(one)] }));
  const more = all.length > mostListed ? [text(`and ${all.length - mostListed} more`)] : [];
  const column = what === "job" ? "Job" : "Workflow";
  return new UserError("invalid", reason, sentence, { parts: [{ kind: "table", columns: [column], rows: names }, ...more] });
}
