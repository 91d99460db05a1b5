import type { LogLine } from "./first-error.ts";
import { JunitNames } from "./junit-names.ts";
import { toToolLine, withoutAnnotation } from "./match-error.ts";
import { MochaNames } from "./mocha-names.ts";
import { testNameIn } from "./test-names.ts";
import { withoutControls } from "./to-plain-line.ts";

export interface FailedTest {
  readonly text: string;
  readonly isCut: boolean;
  readonly isInKey: false;
}

/** More are not told apart: the memory for their names is bounded. */
const mostKept = 2_000;
const longestName = 1_000;

/** Collects the names of failed tests, in order, each once. */
export class FailedTests {
  readonly #names = new Map<string, FailedTest>();
  readonly #mocha = new MochaNames();
  readonly #junit = new JunitNames();

  read({ text, isCut }: Pick<LogLine, "text" | "isCut">): void {
    const line = toToolLine(text);
    const name = this.#mocha.read(line) ?? testNameIn(withoutAnnotation(line));
    if (name !== undefined) this.#add(name, isCut && text.length < longestName);
    for (const one of this.#junit.read(text)) this.#add(one, false);
  }

  /** At most 2,000. */
  names(): readonly FailedTest[] {
    return [...this.#names.values()];
  }

  #add(found: string, isCut: boolean): void {
    const name = withoutControls(found).trim().slice(0, longestName);
    if (name === "" || this.#names.size >= mostKept) return;
    // A slice keeps the whole piece of the log alive that it was cut from.
    const text = Buffer.from(name).toString();
    this.#names.set(text, { text, isCut: isCut || found.length > longestName, isInKey: false });
  }
}
