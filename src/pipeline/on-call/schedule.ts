/** A schedule as the settings file has it. Ids are Slack's. It has exactly one source. */
export interface Schedule {
  readonly name: string;
  /** Who stands in when nobody is on call. */
  readonly fallback: string;
  readonly rotation?: Rotation | undefined;
  readonly calendar?: Calendar | undefined;
  /** Id of a user group in Slack. */
  readonly group?: string | undefined;
}

export interface Rotation {
  /** IANA time zone of all that follows. */
  readonly zone: string;
  /** The day of the first hand-over: `2026-01-05`. */
  readonly starts: string;
  /** The time of each: `09:00`. */
  readonly handover: string;
  readonly everyDays: number;
  /** In turn; never empty. */
  readonly people: readonly string[];
  /** Of several that hold at a moment the last one counts. */
  readonly overrides: readonly Override[];
}

export interface Override {
  /** A local date and time, `2026-12-24T18:00`; it holds from then on, and no more at `to`. */
  readonly from: string;
  readonly to: string;
  readonly person: string;
}

export interface Calendar {
  readonly url: string;
  /** Whom the names and e-mail addresses in it mean. */
  readonly people: Readonly<Record<string, string>>;
}
