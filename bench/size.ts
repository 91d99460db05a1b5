/** How much is measured. */
export interface Size {
  readonly rounds: number;
  readonly warmMs: number;
  readonly measureMs: number;
  /** Starts, each measured. */
  readonly starts: number;
  /** How many samples of every kind of answer. */
  readonly answers: number;
  readonly deliveries: number;
  /** Transcripts to import, and how often. */
  readonly transcriptsMb: number;
  readonly imports: number;
  /** Requests in the ledger of which a report is made. */
  readonly ledgerRows: number;
  /** How often every hook runs three times. */
  readonly hookRounds: number;
}

/** Under four and a half minutes, with five rounds of everything that other work on the machine disturbs. */
export const fullSize: Size = {
  rounds: 5,
  warmMs: 1_000,
  measureMs: 1_200,
  starts: 5,
  answers: 32,
  deliveries: 20_000,
  transcriptsMb: 1_000,
  imports: 1,
  ledgerRows: 1_000_000,
  hookRounds: 9,
};
export const quickSize: Size = {
  rounds: 1,
  warmMs: 400,
  measureMs: 500,
  starts: 1,
  answers: 4,
  deliveries: 2_000,
  transcriptsMb: 50,
  imports: 1,
  ledgerRows: 100_000,
  hookRounds: 3,
};
