import type { SeenMessage } from "../slack/seen-message.ts";
import type { SlackSandbox } from "../slack/slack-sandbox.ts";
import type { PersonName } from "../slack/workspace.ts";
import type { ConsolePull, ConsolePulls } from "./pulls.ts";

/** Who can type in the console, on both surfaces. */
export const typists = [
  { key: "ada", github: "ada", role: "maintainer" },
  { key: "grace", github: "grace", role: "admin" },
  { key: "ravi", github: "ravi", role: "reader" },
  { key: "uma", github: "uma", role: "not linked" },
] as const satisfies readonly { key: PersonName; github: string; role: string }[];

export const typistKeys = typists.map(({ key }) => key);
export const consoleChannels = ["ci", "random", "dm"] as const;

/** Everything that the page shows. */
export interface ConsoleState {
  readonly botName: string;
  readonly people: readonly { key: string; name: string; role: string; github: string; slackId: string; dm: string }[];
  readonly channels: readonly { key: string; name: string; id: string }[];
  readonly names: Readonly<Record<string, string>>;
  readonly messages: readonly SeenMessage[];
  readonly deeds: readonly { as: string; kind: string; channel: string; text: string; status: number; tookMs: number; order: number }[];
  readonly pulls: readonly ConsolePull[];
}

const keptMessages = 200;

export async function readState(slack: SlackSandbox, pulls: ConsolePulls): Promise<ConsoleState> {
  const { ci, random } = slack.channels;
  const people = typists.map(({ key, github, role }) => {
    const { id, name, dm } = slack.people[key];
    return { key, role, github, slackId: id, name: name.split(" ")[0] ?? name, dm };
  });
  const places = [ci.id, random.id, ...people.map(({ dm }) => dm)];
  const everybody = [...Object.values(slack.people), ...Object.values(slack.channels)].map(({ id, name }) => [id, name]);

  return {
    botName: "NeXTRust CI",
    people,
    channels: [ci, random].map(({ id, name }) => ({ key: name, name: `#${name}`, id })),
    names: Object.fromEntries([...everybody, [slack.botUserId, "NeXTRust CI"]]),
    messages: places.flatMap((place) => slack.transcript(place).slice(-keptMessages)),
    deeds: slack.deeds().slice(-keptMessages),
    pulls: await pulls.read(),
  };
}
