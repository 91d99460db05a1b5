const failing = /^ +[1-9]\d* failing$/;
const begins = /^ {1,8}\d{1,6}\) (\S.{0,300})$/;
const mostTitles = 8;

/** Mocha's list of failures names a test over several lines, one for each suite, up to a colon. */
export class MochaNames {
  #isListing = false;
  #titles: string[] = [];

  /** Takes the next line; the whole name when this line ends it. */
  read(line: string): string | undefined {
    if (!this.#isListing) {
      this.#isListing = failing.test(line);
      return undefined;
    }
    const first = begins.exec(line)?.[1];
    if (first !== undefined) this.#titles = [first];
    else if (this.#titles.length > 0 && /^ {5,}\S/.test(line)) this.#titles.push(line.trim());
    else this.#titles = [];
    if (this.#titles.length > mostTitles) this.#titles = [];
    if (!this.#titles.at(-1)?.endsWith(":")) return undefined;
    const name = this.#titles.join(" ").slice(0, -1);
    this.#titles = [];
    return name;
  }
}
