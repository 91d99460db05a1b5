/** A hard question. All text is masked. */
export interface DesignInput {
  readonly question: string;
  readonly error?: string;
  /** Where the work stands, in a sentence. */
  readonly phase?: string;
  /** What is known besides: the failure that it is about, what was tried. */
  readonly context?: string;
}

export interface Approach {
  readonly name: string;
  readonly how: string;
  readonly risks: string;
}

/** What a model says to it; foreign text. */
export interface DesignAnswer {
  readonly approaches: readonly Approach[];
  readonly recommendation: string;
  /** What would have to be known to be sure. */
  readonly openQuestions: readonly string[];
}
