/** A pull request as the console shows it. */
export interface ConsolePull {
  readonly number: number;
  readonly title: string;
  readonly author: string;
  readonly branch: string;
  readonly jobs: readonly { readonly name: string; readonly state: string }[];
  readonly comments: readonly ConsoleComment[];
}

interface ConsoleComment {
  readonly id: string;
  readonly author: string;
  readonly isBot: boolean;
  readonly body: string;
  readonly createdAt: string;
  readonly isEdited: boolean;
  readonly reactions: readonly { readonly content: string; readonly count: number }[];
}

/** What the console needs of GitHub. */
export interface ConsolePulls {
  read(): Promise<readonly ConsolePull[]>;
  comment(as: string, number: number, body: string): Promise<void>;
  setJob(number: number, name: string, state: "success" | "failure"): Promise<void>;
  onChange(listener: () => void): () => void;
}
