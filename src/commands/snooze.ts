import { ServiceError, storage, UserError } from "../errors.ts";
import { snooze as putOff } from "../pipeline/incidents/act.ts";
import { incidentStep } from "../pipeline/incidents/describe.ts";
import { incidentName } from "../pipeline/incidents/incident.ts";
import { done, facts, type Reply, text } from "../reply.ts";
import type { Services } from "../services.ts";
import { type ActingNeeds, actOn, historyStep, personOf } from "./act-on.ts";
import { type Context, defineCommand } from "./command.ts";
import { followedHere, hasIncidents } from "./followed-here.ts";
import type { Arguments } from "./grammar/arguments.ts";
import { isIncident, type NamedIncident, numberOf, takeItsRepository, toNumber } from "./incident-named.ts";
import { tomorrowAtNine } from "./tomorrow-at-nine.ts";

const lengths = ["30m", "1h", "4h", "tomorrow", "fixed"] as const;
type Length = (typeof lengths)[number];

const minuteMs = 60_000;
const spans = { "30m": 30 * minuteMs, "1h": 60 * minuteMs, "4h": 240 * minuteMs } as const;

interface Input extends NamedIncident {
  readonly length: Length;
}

type Needs = ActingNeeds & Pick<Services, "workspace">;

export const snooze = defineCommand({
  name: "snooze",
  usage: "[incident] <30m|1h|4h|tomorrow|fixed> [owner/repo@]",
  summary: "Have nothing said of a failure and nobody called for it for a while, unless something else fails, too.",
  examples: [
    { args: "i12 1h", does: "for an hour" },
    { args: "i12 tomorrow", does: "until nine in the morning, on your clock" },
    { args: "i12 fixed", does: "until it is green" },
    { args: "4h", does: "the only incident that is open" },
  ],
  role: "write",
  isMutating: true,
  isUnspaced: true,
  worksWhileFrozen: true,
  isOffered: hasIncidents,
  parse,
  targetOf: ({ target }) => target,

  async run({ length, ...named }, context, services: Needs): Promise<Reply> {
    const repository = followedHere(context, services);
    const number = await numberOf(named, "snooze", ` ${length}`, repository, services);
    const { until, note } = await endOf(length, context, services);
    return actOn(
      { number, repository },
      (before, by, now) => putOff(before, by, until, now),
      ({ after }) => {
        const sentence = `${incidentName(after)} is snoozed: nothing is said of it and nobody is called, unless something else fails, too.`;
        return {
          ...done(
            "snoozed",
            text(sentence, "good"),
            facts({ label: "Until", value: until === "fixed" ? "it is fixed" : { at: until } }),
            ...(note === undefined ? [] : [text(note)]),
          ),
          // To take it ends the snooze.
          actions: [...(after.owner ? [] : [incidentStep("Acknowledge", "ack", after)]), historyStep(after)],
        };
      },
      context,
      services,
    );
  },
});

function parse(args: Arguments): Input {
  const target = takeItsRepository(args);
  const [first, second] = [args.optionalWord(), args.optionalWord()];
  const [incident, length] = second === undefined && first !== undefined && !isIncident(first) ? [undefined, first] : [first, second];
  if (length === undefined) {
    throw new UserError(
      "invalid",
      "missing_argument",
      `Say for how long: ${lengths.join(", ")}. For example: snooze ${incident ?? "i12"} 1h`,
    );
  }
  return {
    length: args.choice("length", length.toLowerCase(), lengths),
    ...(incident !== undefined && { number: toNumber(incident) }),
    ...(target && { target }),
  };
}

interface End {
  readonly until: number | "fixed";
  /** Where it is not the person's own clock. */
  readonly note?: string;
}

async function endOf(length: Length, context: Context, services: Needs): Promise<End> {
  const now = services.now();
  if (length === "fixed") return { until: length };
  if (length !== "tomorrow") return { until: now + spans[length] };
  const zone = await zoneOf(context, services);
  if (zone !== undefined) return { until: tomorrowAtNine(now, zone), note: `That is 09:00 in ${zone}.` };
  return {
    until: tomorrowAtNine(now, "UTC"),
    note: "That is 09:00 UTC: I do not know your time zone. I take it from Slack, once you are linked.",
  };
}

/** The zone that the asker lives by, as far as Slack tells. */
async function zoneOf(context: Context, services: Needs): Promise<string | undefined> {
  const { slackUser } = await personOf(context, services);
  try {
    return slackUser === undefined ? undefined : (await services.workspace.member(slackUser)).zone;
  } catch (error) {
    if (error instanceof ServiceError && error.service !== storage) return undefined;
    throw error;
  }
}
