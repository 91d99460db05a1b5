import type { ReviewChannel } from "../pipeline/reviews/rules.ts";
import { reviewChannels } from "../pipeline/reviews/rules.ts";
import { defineCommand } from "./command.ts";
import { type PinnedTarget, takePinnedTarget } from "./head.ts";
import { askForReview, beginReview, canReview, type ReviewNeeds, type WantedReview } from "./review-pull-request.ts";

interface Input {
  readonly channel: ReviewChannel;
  readonly place: PinnedTarget;
}

const toWanted = ({ channel, place }: Input): WantedReview => ({
  command: "force-review",
  typed: `force-review ${channel}`,
  how: "forced",
  channel,
  place,
});

export const forceReview = defineCommand({
  name: "force-review",
  usage: "<gemini|o3> [#pr]",
  summary: "Review all of a pull request now, whatever was reviewed before and would be skipped.",
  examples: [
    { args: "gemini #12", does: "by the channel that reviews" },
    { args: "o3 #12", does: "by the channel that helps with designs" },
  ],
  role: "write",
  isMutating: true,
  actsOnHead: true,
  isOffered: canReview,
  parse(args): Input {
    const place = takePinnedTarget(args);
    const channel = args.choice("channel", args.word("who reviews, gemini or o3").toLowerCase(), reviewChannels);
    return { channel, place };
  },
  targetOf: ({ place }) => place.target,
  ask: (input, context, services: ReviewNeeds) => askForReview(toWanted(input), context, services),
  run: (input, context, services: ReviewNeeds, agreedTo) => beginReview(toWanted(input), context, services, agreedTo),
});
