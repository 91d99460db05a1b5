interface Seen {
  readonly run: number;
  readonly attempt: number;
  readonly name: string;
  readonly state: string;
}

/** Remembers how each job stood in each attempt: a run knows only its newest. */
export class Attempts {
  readonly #states = new Map<string, Map<number, string>>();

  /** Every attempt of this job that was seen, oldest first, the given one included. */
  see({ run, attempt, name, state }: Seen): readonly { attempt: number; state: string }[] {
    const key = `${run}/${name}`;
    const states = this.#states.get(key) ?? new Map<number, string>();
    this.#states.set(key, states.set(attempt, state));
    return [...states].map(([number, how]) => ({ attempt: number, state: how }));
  }
}
