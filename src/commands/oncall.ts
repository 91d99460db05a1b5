import { UserError } from "../errors.ts";
import { nearest } from "../pipeline/nearest.ts";
import { nameOf } from "../pipeline/on-call/name-of.ts";
import type { Duty } from "../pipeline/on-call/on-call.ts";
import { isSameName } from "../pipeline/same-name.ts";
import { done, type Fact, facts, type Part, type Reply, text } from "../reply.ts";
import type { Services } from "../services.ts";
import { type Context, defineCommand } from "./command.ts";

/** As many as one reads. */
const mostShown = 10;

type Needs = Pick<Services, "onCall" | "followed" | "workspace" | "now">;

export const oncall = defineCommand({
  name: "oncall",
  usage: "[schedule] [owner/repo@]",
  summary: "Show who is on call now, until when, and who comes next.",
  examples: [
    { args: "", does: "the schedule of the repository spoken of here, or else all of them", canBeTried: true },
    { args: "primary", does: "one schedule by its name" },
  ],
  role: "write",
  isInternal: true,
  isOffered: (_, { onCall }: Pick<Services, "onCall">) => onCall.schedules.length > 0,
  parse: (args) => ({ target: args.target(), name: args.optionalWord() }),
  targetOf: ({ target }) => target,

  async run({ name }, context, services: Needs): Promise<Reply> {
    const { onCall, workspace, now } = services;
    const asked = schedulesFor(name, context, services);
    const shown = asked.slice(0, mostShown);
    const duties = await Promise.all(shown.map((schedule) => onCall.at(schedule, now())));
    const parts = await Promise.all(duties.map((duty) => describe(duty, workspace)));
    const left = asked.slice(mostShown);
    const more = left.length === 0 ? [] : [text(`There are ${left.length} more: ${left.join(", ")}.`)];
    return done(duties.some(({ isEmpty }) => isEmpty) ? "nobody_on_call" : "on_call", ...parts.flat(), ...more);
  },
});

function schedulesFor(name: string | undefined, { target }: Pick<Context, "target">, { onCall, followed }: Needs): readonly string[] {
  const { schedules } = onCall;
  if (schedules.length === 0)
    throw new UserError(
      "not_applicable",
      "no_schedule",
      "No on-call schedule is configured. A maintainer can add one to onCall in config/nextrust.yml.",
    );
  if (name === undefined) {
    const own = followed.find(({ repository }) => target !== undefined && isSameName(repository, target.repository))?.onCall;
    return own === undefined ? schedules : [own];
  }
  const found = schedules.find((schedule) => schedule === name.toLowerCase());
  if (found !== undefined) return [found];
  const near = nearest(name.toLowerCase(), schedules);
  const offer = near.length > 0 ? `Did you mean ${near.join(" or ")}?` : `There is ${schedules.slice(0, mostShown).join(", ")}.`;
  throw new UserError("invalid", "unknown_schedule", `There is no on-call schedule “${name.slice(0, 60)}”. ${offer}`);
}

/** By name, so that nobody is called by a question. */
async function describe(duty: Duty, workspace: Needs["workspace"]): Promise<Part[]> {
  const { schedule, now, next, isEmpty, isUnread, staleSince, unknown = [] } = duty;
  const [here, there] = await Promise.all(
    [now, next].map((shift) => Promise.all((shift?.people ?? []).map((one) => nameOf(one, workspace)))),
  );
  const people = here?.join(", ") ?? "";
  const nobody = isUnread ? "it cannot be read, so nobody knows who is on call" : "nobody is on call";
  const headline = isEmpty
    ? `${schedule}: ${nobody}: ${people} stands in`
    : `${schedule}: ${people} ${now.people.length === 1 ? "is" : "are"} on call`;
  const then = next?.isEmpty ? `nobody: ${there?.join(", ")} stands in` : there?.join(", ");
  const all: Fact[] = [
    ...(now.until === undefined ? [] : [{ label: "Until", value: { at: now.until } }]),
    ...(next && then !== undefined ? [{ label: "Then", value: then }] : []),
    ...(staleSince === undefined ? [] : [{ label: "Read last", value: { at: staleSince } }]),
  ];
  return [
    text(headline, isEmpty ? "bad" : "good"),
    ...(all.length > 0 ? [facts(...all)] : []),
    ...(staleSince === undefined ? [] : [text("Its source is away, so this is what it said last.", "idle")]),
    ...(unknown.length > 0 ? [text(`It names somebody whom the settings do not know: ${unknown.join(", ")}.`, "idle")] : []),
  ];
}
