import { BaseSequencer, type TestSpecification } from "vitest/node";

/** What starts processes and browsers, longest first. */
const slow = [/start\/(package|live-mode)/, /browser\/walk/, /browser\//, /start\//, /scenarios\//];
/** What mostly waits for the leases of dead processes, and so goes beside what computes. */
const waiting = /scenarios\/kill/;
/** How many others go between two of those. */
const between = 3;

const rank = ({ moduleId }: TestSpecification): number => {
  const at = slow.findIndex((path) => path.test(moduleId));
  return at < 0 ? slow.length : at;
};

/** So that no long file runs alone at the end. */
export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const all = await super.sort(files);
    const [wait, others] = [all.filter(({ moduleId }) => waiting.test(moduleId)), all.filter(({ moduleId }) => !waiting.test(moduleId))];
    const busy = others.toSorted((one, other) => rank(one) - rank(other));
    const mixed = wait.flatMap((file, at) => [file, ...busy.slice(at * between, (at + 1) * between)]);
    return [...mixed, ...busy.slice(wait.length * between)];
  }
}
