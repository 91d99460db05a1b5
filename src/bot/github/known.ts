import type { Settings } from "../../config/settings.ts";

/** What is known of a delivery besides its payload. */
export interface Known {
  readonly guid: string;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
  readonly settings: Settings;
  /** Whether a login is our own; we also speak as a person where a token is used instead of an App. */
  readonly isUs: (login: string) => boolean;
}
