/** Until when somebody wants no private messages that they did not ask for just now. */
export interface Mutes {
  /** Milliseconds since the epoch; undefined when nothing was said or `now` is later. */
  until(person: string, now: number): Promise<number | undefined>;
  /** `undefined` ends it. */
  set(person: string, until: number | undefined): Promise<void>;
}
