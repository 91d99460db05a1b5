/** What is to be brought over from one file, or from some of one kind. */
export interface Step {
  /** What people know it as: "commands in comments". */
  readonly what: string;
  /** As seen from the checkout. */
  readonly from: string;
  /** Where it will be. */
  readonly to: string;
  readonly found: number;
  /** What is not there yet. */
  readonly fresh: number;
  /** Sentences about what cannot be brought over, and why. */
  readonly left: readonly string[];
  /** Brings over what is fresh; the file stays as it is. */
  apply(): Promise<void> | void;
}

/** What all steps work with. */
export interface Checkout {
  /** Absolute; the root of the checkout. */
  readonly project: string;
  readonly dataDir: string;
  /** As NEXTRUST_CONFIG names it. */
  readonly settingsFile: string | undefined;
  readonly repository: string | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly secrets: readonly string[];
}
