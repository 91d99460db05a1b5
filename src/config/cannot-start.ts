/** Everything that keeps the bot from starting, each in one sentence. */
export class CannotStart extends Error {
  override readonly name = "CannotStart";
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join("\n"));
    this.problems = problems;
  }
}
