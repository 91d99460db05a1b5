import type { Settings } from "../config/settings.ts";
import { samplePhases } from "./sample-phases.ts";
import type { Sandbox } from "./sandbox.ts";

/**
 * The settings of a sandbox that a visitor looks at: phases unless the team has some, #ci as one conversation with every pull request, and
 * told there when main breaks or is green again.
 */
export function withSamples(settings: Settings, { github, slack }: Pick<Sandbox, "github" | "slack">): Settings {
  const { id } = slack.channels.ci;
  return {
    ...settings,
    phases: settings.phases.length > 0 ? settings.phases : [samplePhases(github.repository)],
    mirror: [{ repository: github.repository, channel: id }],
    channels: settings.channels.map((channel) => (channel.id === id ? { ...channel, notify: [{ branches: ["main"] }] } : channel)),
  };
}
