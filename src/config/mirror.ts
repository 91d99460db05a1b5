import { z } from "zod";
import { isSameName } from "../pipeline/same-name.ts";
import { repository, slackId } from "./words.ts";

/** `mirror` of the settings. */
export const Mirror = z.array(
  z.strictObject({
    repository: repository.meta({ description: "whose pull requests (`owner/name`)" }),
    channel: slackId("CG", "channel").meta({
      description: "id of the channel that gets a thread for each; it must speak of the repository",
    }),
  }),
);
type Mirror = z.infer<typeof Mirror>;

/** What is wrong with a pair, and where it stands. */
interface Mistake {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** A channel that is told of a repository must speak of it, and a repository's conversations lie in one channel. */
export function mistakesIn(
  mirror: Mirror,
  channels: readonly { readonly id: string; readonly repositories: readonly string[] }[],
): readonly Mistake[] {
  return mirror.flatMap(({ repository, channel }, index) => {
    const bound = channels.find(({ id }) => id === channel)?.repositories ?? [];
    const speaks = bound.some((each) => isSameName(each, repository));
    const isSecond = mirror.findIndex((each) => isSameName(each.repository, repository)) < index;
    return [
      ...(speaks ? [] : [{ path: [index, "channel"], message: `does not speak of ${repository}: add that to channels` }]),
      ...(isSecond ? [{ path: [index, "repository"], message: `${repository} has a channel already` }] : []),
    ];
  });
}
