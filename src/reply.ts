/** How a command ended. Every recognised command ends in exactly one of these. */
export const outcomes = ["done", "joined", "queued", "refused", "invalid", "not_applicable", "uncertain", "failed"] as const;
export type Outcome = (typeof outcomes)[number];

/** What is said, before any surface decides how it looks. Plain text throughout, never markup. */
export interface Reply {
  readonly outcome: Outcome;
  /** A snake_case code for the audit: why it ended so. */
  readonly reason: string;
  /** Who sees it where the surface can tell people apart: the asker alone, the conversation it was asked in, or the whole channel. */
  readonly audience: "asker" | "thread" | "channel";
  readonly parts: readonly Part[];
  readonly actions?: readonly Action[];
  /** One of many next steps: a menu on Slack, commands to copy elsewhere. */
  readonly choice?: Choice;
  /** The page that shows the rest. */
  readonly link?: Link;
}

/** How good a thing is, for the renderer's icon; the words beside it always say the same. */
export type Mood = "good" | "bad" | "busy" | "idle";

export type Part =
  | { readonly kind: "text"; readonly text: string; readonly mood?: Mood }
  | { readonly kind: "facts"; readonly facts: readonly Fact[] }
  | Table
  | Chart
  | Excerpt
  | FilePart
  | Said;

/** Text as it stands somewhere: a log, code. */
export interface Excerpt {
  readonly kind: "excerpt";
  readonly text: string;
  /** `suggestion`: what a press of a button on GitHub writes instead of the lines that the comment stands beside. It is never cut. */
  readonly language?: "json" | "suggestion";
}

/** A file to keep: an upload in Slack, a folded excerpt on GitHub. */
export interface FilePart {
  readonly kind: "file";
  readonly name: string;
  readonly mediaType: string;
  /** Never empty: Slack takes no empty file. */
  readonly content: string;
}

/** What a person said elsewhere, passed on in their name. */
export interface Said {
  readonly kind: "said";
  readonly author: string;
  /** The other surface, and what they said on its page: the rest stands there when this one cuts it. */
  readonly source: Link;
  /** What it is about, where that is not the conversation as a whole: `src/main.rs:12`, or a verdict. */
  readonly about?: string;
  /** Who changed it, where it was not its author. */
  readonly editedBy?: string;
  readonly blocks: readonly SaidBlock[];
}

export type SaidBlock =
  | { readonly kind: "text"; readonly cells: readonly (string | Link)[] }
  | { readonly kind: "code"; readonly text: string };

export interface Table {
  readonly kind: "table";
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  /** What was left out, in words. */
  readonly more?: string;
}

/** Numbers to look at. Where a surface cannot draw them, they are a table. */
export interface Chart {
  readonly kind: "chart";
  /** At most 50 characters. */
  readonly title: string;
  /** A line is for what follows on another in time; a pie has one series, without negative values. */
  readonly shape: "bar" | "line" | "pie";
  /** How values are written. */
  readonly unit: "usd" | "count" | "minutes";
  readonly categories: readonly string[];
  readonly series: readonly Series[];
}

export interface Series {
  readonly name: string;
  /** One for each category. */
  readonly values: readonly number[];
}

export interface Row {
  readonly mood?: Mood;
  readonly cells: readonly Cell[];
}

export interface Fact {
  readonly label: string;
  readonly value: Cell;
}

/** Text, text that leads somewhere, a moment, which each person reads in their own time zone where the surface can do that, or people. */
export type Cell = string | Link | Moment | People;

/** Who is told that it concerns them, where the surface knows them by that id; elsewhere their names stand. */
export interface People {
  /** Never empty. */
  readonly people: readonly { readonly name: string; readonly slackUser?: string; readonly login?: string }[];
}

export interface Moment {
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export interface Link {
  readonly text: string;
  readonly url: string;
}

/** A next step that the person can take: a button on Slack, a command to copy elsewhere. */
export interface Action {
  /** At most 25 characters, so that a phone shows it whole. */
  readonly label: string;
  /** The command without its prefix: `retry-job --failed`. */
  readonly command: string;
  /** A page that does the same, for the asker's eyes only: where nobody else reads along, the button opens it instead. */
  readonly privateUrl?: string;
  readonly style?: "primary" | "danger";
  /** Slack opens this dialog instead, about the place that the command names. */
  readonly opens?: "failed-jobs";
  /** What Slack asks before it takes the click. */
  readonly confirm?: { readonly title: string; readonly text: string };
}

export interface Choice {
  /** What the menu says before anything is chosen, in at most 150 characters. */
  readonly label: string;
  readonly options: readonly Pick<Action, "label" | "command">[];
}

/** A cell as plain words; a moment in UTC. */
export function cellWords(cell: Cell): string {
  if (typeof cell === "string") return cell;
  if ("people" in cell) return cell.people.map(({ name }) => name).join(", ");
  return "at" in cell ? `${new Date(cell.at).toISOString().slice(0, 16).replace("T", " ")} UTC` : cell.text;
}

export const text = (value: string, mood?: Mood): Part => ({ kind: "text", text: value, ...(mood && { mood }) });

export const facts = (...items: readonly Fact[]): Part => ({ kind: "facts", facts: items });

/** A reply that did what was asked, for the asker alone. */
export function done(reason: string, ...parts: readonly Part[]): Reply {
  return { outcome: "done", reason, audience: "asker", parts };
}

/** The words of what somebody said, without its links' addresses. */
export const saidWords = ({ about, blocks }: Said): string =>
  [...(about === undefined ? [] : [about]), ...blocks.map(blockWords)].join("\n");

const blockWords = (block: SaidBlock): string =>
  block.kind === "code" ? block.text : block.cells.map((cell) => (typeof cell === "string" ? cell : cell.text)).join("");
