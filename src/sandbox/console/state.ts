import type { Paged } from "../pager/incidents.ts";
import type { PagerSandbox } from "../pager/pager-sandbox.ts";
import type { SeenMessage } from "../slack/seen-message.ts";
import type { SlackSandbox } from "../slack/slack-sandbox.ts";
import type { SeenView } from "../slack/views/screens.ts";
import type { ConsoleGitHub, GitHubShown } from "./console-github.ts";
import { typists } from "./people.ts";
import { shortcuts } from "./shortcuts.ts";

export const consoleChannels = ["ci", "random", "dm"] as const;

interface ConsolePerson {
  readonly key: string;
  readonly name: string;
  readonly role: string;
  readonly github: string;
  readonly slackId: string;
  readonly dm: string;
  /** The dialog that they have open. */
  readonly modal?: ConsoleView;
  /** Their App Home, once the bot has drawn it. */
  readonly home?: ConsoleView;
}

type ConsoleView = Pick<SeenView, "id" | "title" | "blocks" | "submit">;

/** Everything that the page shows. */
export interface ConsoleState extends GitHubShown {
  readonly botName: string;
  readonly botUserId: string;
  readonly shortcuts: typeof shortcuts;
  readonly people: readonly ConsolePerson[];
  readonly channels: readonly { key: string; name: string; id: string }[];
  readonly names: Readonly<Record<string, string>>;
  readonly messages: readonly SeenMessage[];
  /** What the pager was told of: what is open first, of that the newest. */
  readonly pages: readonly Paged[];
  readonly deeds: readonly { as: string; kind: string; channel: string; text: string; status: number; tookMs: number; order: number }[];
}

const keptMessages = 200;
const keptPages = 20;

export async function readState(slack: SlackSandbox, github: ConsoleGitHub, pager: PagerSandbox): Promise<ConsoleState> {
  const { ci, random } = slack.channels;
  const people = typists.map(({ key, github: login, role }) => {
    const { id, name, dm } = slack.people[key];
    const [modal, home] = [slack.view(key), slack.home(key)].map((view) => view && toShown(view));
    return { key, role, github: login, slackId: id, name: name.split(" ")[0] ?? name, dm, ...(modal && { modal }), ...(home && { home }) };
  });
  const places = [ci.id, random.id, ...people.map(({ dm }) => dm)];
  const everybody = [...Object.values(slack.people), ...Object.values(slack.channels)].map(({ id, name }) => [id, name]);

  return {
    botName: "NeXTRust CI",
    botUserId: slack.botUserId,
    shortcuts,
    people,
    channels: [ci, random].map(({ id, name }) => ({ key: name, name: `#${name}`, id })),
    names: Object.fromEntries([...everybody, [slack.botUserId, "NeXTRust CI"]]),
    messages: places.flatMap((place) => slack.transcript(place).slice(-keptMessages)),
    deeds: slack.deeds().slice(-keptMessages),
    pages: pager.incidents().toReversed().toSorted(openFirst).slice(0, keptPages),
    ...(await github.read()),
  };
}

const openFirst = (a: Paged, b: Paged): number => Number(a.state === "resolved") - Number(b.state === "resolved");

/** What the app hides in a view is not the page's to know. */
const toShown = ({ id, title, blocks, submit }: SeenView): ConsoleView => ({
  id,
  title,
  blocks,
  ...(submit !== undefined && { submit }),
});
