import type { HomeView, KnownBlock } from "@slack/types";
import type { Command } from "../../../commands/command.ts";
import { type GitHubAccount, isAtLeast, type Role } from "../../../pipeline/access.ts";
import type { Incident } from "../../../pipeline/incidents/incident.ts";
import { nextStep } from "../../../pipeline/next-step.ts";
import { countOf, jobStates, rollup } from "../../../pipeline/pipelines.ts";
import type { OpenPullRequest } from "../../../pipeline/pull-requests.ts";
import { type Action, facts, type Mood, type Part, type Row, text } from "../../../reply.ts";
import { renderParts } from "../../render/block-kit.ts";
import { plainText, renderSteps } from "../../render/block-kit-steps.ts";
import { writeAbout } from "../failed-jobs/about.ts";
import { incidentBlocks } from "./incidents.ts";

export const refreshAction = "home:refresh";

/** What a person sees of themselves. */
export interface Home {
  readonly prefix: string;
  /** What somebody unlinked can do about it, and whether by themselves. */
  readonly howToLink: string;
  readonly canLink: boolean;
  /** Absent where they are not linked. */
  readonly account?: GitHubAccount;
  /** What they hold on each repository that they may read. */
  readonly roles: readonly { readonly repository: string; readonly role: Role }[];
  /** Of how many more their role cannot be told just now. */
  readonly unknown: number;
  /** How many more were not looked at. */
  readonly left: number;
  readonly pulls: readonly OpenPullRequest[];
  /** Red, and theirs or nobody's. */
  readonly incidents: readonly Incident[];
}

interface Drawn {
  readonly channel: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export function homeView(
  { prefix, howToLink, canLink, account, roles, unknown, left, pulls, incidents }: Home,
  commandsOn: (repository: string) => readonly Command[],
  drawn: Drawn,
): HomeView {
  const mayRetry = new Set(roles.filter(({ role }) => isAtLeast(role, "write")).map(({ repository }) => repository.toLowerCase()));
  const list = pulls.flatMap((pull) => pullBlocks(pull, mayRetry.has(pull.repository.toLowerCase())));
  const none = account ? [renderParts([text("You have no open pull request in the repositories that I speak of.")])] : [];
  const link: Part[] = account
    ? [facts({ label: "On GitHub you are", value: `${account.login} (id ${account.id})` })]
    : [
        text("You are not linked to a GitHub account, so I do not know which pull requests are yours."),
        text(howToLink),
        text("Until then you may read what a channel is bound to."),
      ];
  const rights: Part[] = [
    ...(roles.length === 0
      ? []
      : [{ kind: "table", columns: ["Repository", "Your role", "You may"], rows: roles.map(toRow(commandsOn)) } as const]),
    ...(unknown === 0 ? [] : [text(`In ${repositories(unknown)} your role cannot be looked up just now.`)]),
    ...(left === 0 ? [] : [text(`I did not look at ${repositories(left)} more: whoami in a channel says what you are there.`)]),
  ];
  return home(
    [
      ...(incidents.length > 0 ? [heading("Red, and yours or nobody's"), ...incidents.flatMap(incidentBlocks)] : []),
      ...(account ? [heading("Your open pull requests"), ...(list.length > 0 ? list : none)] : []),
      heading("What you may do"),
      renderParts([...link, ...rights, text(`Type /${prefix} in a channel for a menu, /${prefix} help for everything.`)]),
      ...(account || !canLink ? [] : renderSteps({ actions: [{ label: "Link my GitHub account", command: "link", style: "primary" }] })),
    ],
    drawn,
  );
}

/** The tab with nothing but words: for whoever I do not answer, or when something is away. */
export const wordsHome = (parts: readonly Part[], drawn: Drawn): HomeView => home([renderParts(parts)], drawn);

function home(blocks: readonly KnownBlock[], { channel, at }: Drawn): HomeView {
  return {
    type: "home",
    ...writeAbout({ channel, places: [] }),
    blocks: [
      ...blocks,
      { type: "divider" },
      renderParts([facts({ label: "As of", value: { at } })]),
      { type: "actions", elements: [{ type: "button", action_id: refreshAction, text: plainText("Refresh") }] },
    ],
  };
}

const repositories = (count: number): string => (count === 1 ? "one repository" : `${count} repositories`);

const heading = (words: string): KnownBlock => ({ type: "header", text: plainText(words) });

const moods: Record<ReturnType<typeof rollup>, Mood> = { failed: "bad", running: "busy", passed: "good", none: "idle" };
const words: Record<ReturnType<typeof rollup>, string> = { failed: "red", running: "running", passed: "green", none: "no checks yet" };

function pullBlocks(pull: OpenPullRequest, mayRetry: boolean): KnownBlock[] {
  const { repository, number, title, url, counts, headSha } = pull;
  const state = rollup(pull);
  const jobs = jobStates.filter((each) => counts[each]).map((each) => `${counts[each]} ${each}`);
  const row: Row = {
    mood: moods[state],
    cells: [words[state], { text: `${repository}#${number}`, url }, title, ...(countOf(counts) > 0 ? [jobs.join(", ")] : [])],
  };
  const head = { surface: "slack", repository, pullRequest: number, headSha } as const;
  const retry: Action[] =
    state === "failed" && mayRetry
      ? [
          nextStep("Retry failed jobs", "retry-job --failed", head, "primary"),
          { ...nextStep("Choose failed jobs…", "retry-job --failed", head), opens: "failed-jobs" },
        ]
      : [];
  const status: Action = { label: "Show status", command: `status ${repository}#${number}` };
  return [renderParts([{ kind: "table", columns: [], rows: [row] }]), ...renderSteps({ actions: [status, ...retry] })];
}

/** What the role opens, out of the table of commands. */
const toRow =
  (commandsOn: (repository: string) => readonly Command[]) =>
  ({ repository, role }: Home["roles"][number]): Row => {
    const allowed = commandsOn(repository)
      .filter(({ role: needed }) => needed !== "any" && isAtLeast(role, needed))
      .map(({ name }) => name);
    return { cells: [repository, role, allowed.length > 0 ? allowed.join(", ") : "nothing here"] };
  };
