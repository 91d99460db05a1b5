import { describeIncident } from "../pipeline/incidents/describe.ts";
import { type Incident, incidentName, type Transition } from "../pipeline/incidents/incident.ts";
import { findIncident } from "../pipeline/incidents/on-incident.ts";
import { whatHappened } from "../pipeline/incidents/tell.ts";
import { type Action, cellWords, done, type Part, type Reply, type Table, text } from "../reply.ts";
import type { Services } from "../services.ts";
import { type Context, defineCommand } from "./command.ts";
import { followedHere, hasIncidents } from "./followed-here.ts";
import { takeIncident } from "./incident-named.ts";
import { incidentTable } from "./incident-table.ts";

const weekMs = 7 * 24 * 60 * 60_000;
const mostTransitions = 40;

type Needs = Pick<Services, "records" | "followed" | "now">;

export const incidents = defineCommand({
  name: "incidents",
  usage: "[incident] [--all] [owner/repo@]",
  summary: "Show what is red and whose it is, or what happened to one incident.",
  examples: [
    { args: "", does: "what is open", canBeTried: true },
    { args: "--all", does: "and what was resolved in the last seven days", canBeTried: true },
    { args: "i12", does: "everything that happened to one" },
  ],
  role: "write",
  isInternal: true,
  isOffered: hasIncidents,
  parse: (args) => ({ isAll: args.switch("all"), ...takeIncident(args) }),
  targetOf: ({ target }) => target,

  async run({ isAll, number }, context, services: Needs): Promise<Reply> {
    const repository = followedHere(context, services);
    return number === undefined ? list(repository, isAll, services) : history(number, repository, context, services);
  },
});

async function list(repository: string, isAll: boolean, { records, now }: Needs): Promise<Reply> {
  const { open, over } = await records.transaction(async ({ incidents: book }) => ({
    open: await book.open(repository),
    over: isAll ? await book.resolvedSince(repository, now() - weekMs) : [],
  }));
  const openOnes: readonly Part[] =
    open.length === 0
      ? [text(`No incident is open in ${repository}.`, "good")]
      : [text(`Open in ${repository}, newest first:`), incidentTable(open)];
  const overOnes: readonly Part[] = !isAll
    ? []
    : over.length === 0
      ? [text("None was resolved in the last seven days.")]
      : [text("Resolved in the last seven days:"), { ...incidentTable(over), columns: ["Incident", "Over"] }];
  const [one, other] = open;
  const look = one && !other ? [{ label: "What happened", command: `incidents ${incidentName(one)} ${repository}@` }] : [];
  const rest = isAll ? [] : [{ label: "And the last seven days", command: `incidents --all ${repository}@` }];
  return { ...done("listed", ...openOnes, ...overOnes), actions: [...look, ...rest] };
}

async function history(number: number, repository: string, { actor }: Context, { records }: Needs): Promise<Reply> {
  const { incident, timeline } = await records.transaction(async (tx) => ({
    incident: await findIncident(tx, number, repository),
    timeline: await tx.incidents.timeline(number),
  }));
  const described = describeIncident(incident);
  // Nobody is to be mentioned by somebody's looking it up.
  const parts = actor.surface === "github" ? described.parts.map(withoutMentions) : described.parts;
  const actions = (described.actions ?? []).filter((action: Action) => !action.command.startsWith("incidents "));
  return { ...described, reason: "told", audience: "asker", parts: [...parts, timelineTable(incident, timeline)], actions };
}

function timelineTable(incident: Incident, timeline: readonly Transition[]): Table {
  const shown = timeline.slice(-mostTransitions);
  const rows = shown.map((one) => ({
    cells: [{ at: one.at }, sentenceOf(incident, one), ...(typeof one.until === "number" ? [{ at: one.until }] : [])],
  }));
  const hasEnd = shown.some(({ until }) => typeof until === "number");
  const left = timeline.length - shown.length;
  return {
    kind: "table",
    columns: ["When", "What happened", ...(hasEnd ? ["Until"] : [])],
    rows,
    ...(left > 0 && { more: `and ${left} things before` }),
  };
}

function sentenceOf(incident: Incident, transition: Transition): string {
  const { called = [], until } = transition;
  const people = called.length === 0 ? "" : ` · called: ${called.map(({ name }) => name).join(", ")}`;
  return `${whatHappened(incident, transition)}${people}${typeof until === "number" ? ", until" : ""}`;
}

const withoutMentions = (part: Part): Part =>
  part.kind !== "facts"
    ? part
    : {
        ...part,
        facts: part.facts.map(({ label, value }) => ({
          label,
          value: typeof value === "object" && "people" in value ? cellWords(value) : value,
        })),
      };
