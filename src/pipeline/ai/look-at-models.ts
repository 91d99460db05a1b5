import type { Services } from "../../services.ts";
import { type Channel, type ChannelName, channelNames, modelsAt } from "./channel.ts";
import { candidatesOf, isAffordable } from "./estimate.ts";
import { nobodyLeft } from "./nobody-to-ask.ts";
import type { ModelState, Provider } from "./provider.ts";
import type { Retirements } from "./retirements.ts";

type Needs = Pick<Services, "channels" | "priceBook" | "now">;

/** Something about a channel that whoever runs the bot wants to know before people do. */
export interface Notice {
  readonly channel: ChannelName;
  /** Absent where it concerns the whole channel, or all models of the provider. */
  readonly provider?: string;
  readonly model?: string;
  /** What is wrong and what to do. */
  readonly problem: string;
}

/** Who can be asked, and what is wrong with them. */
export interface LookedAt {
  readonly channels: readonly ChannelName[];
  readonly notices: readonly Notice[];
}

/** A retirement is told that long before. */
const aheadMs = 30 * 24 * 60 * 60_000;
const withinMs = 60_000;

/** Looks at the models of every channel without asking them anything, and remembers when their vendors take them away. */
export async function lookAtModels(services: Needs, retirements: Pick<Retirements, "note">, stop: AbortSignal): Promise<LookedAt> {
  const signal = AbortSignal.any([stop, AbortSignal.timeout(withinMs)]);
  const configured = channelNames.flatMap((name) => services.channels.of(name) ?? []);
  const notices = await Promise.all(configured.map((channel) => lookAt(channel, services, retirements, signal)));
  return { channels: configured.map(({ name }) => name), notices: notices.flat() };
}

async function lookAt(
  channel: Channel,
  { channels, priceBook, now }: Needs,
  retirements: Pick<Retirements, "note">,
  signal: AbortSignal,
): Promise<readonly Notice[]> {
  const { name } = channel;
  const models = modelsAt(channel, now()).map(({ id }) => id);
  const looks = await Promise.all(channel.providers.map((provider) => provider.look(models, signal)));
  for (const { model, retiresAt } of looks.flat()) if (retiresAt !== undefined) retirements.note(model, retiresAt);
  const known = channels.of(name) ?? channel;
  const at = now();
  if (candidatesOf(known, priceBook, at).length === 0) return [{ channel: name, problem: nobodyLeft(known, at) }];
  return [
    ...channel.providers.flatMap((provider, index) => problemsOf(name, provider, looks[index] ?? [])),
    ...channel.providers.flatMap((provider) =>
      modelsAt(known, at)
        .filter(({ id }) => !isAffordable(provider, id, priceBook, at))
        .map(({ id }) => ({ channel: name, provider: provider.name, model: id, problem: withoutPrice(id) })),
    ),
    ...retiringSoon(known, at),
  ];
}

/** What is wrong with all its models in the same way is said once. */
function problemsOf(channel: ChannelName, { name: provider }: Provider, states: readonly ModelState[]): readonly Notice[] {
  const problems = states.flatMap(({ model, state, problem = absentProblem(state, model, provider) }) =>
    problem ? [{ model, problem }] : [],
  );
  const [first] = problems;
  if (first && problems.length === states.length && problems.every(({ problem }) => problem === first.problem))
    return [{ channel, provider, problem: first.problem }];
  return problems.map((one) => ({ channel, provider, ...one }));
}

const absentProblem = (state: ModelState["state"], model: string, provider: string): string | undefined =>
  state === "absent" ? `${provider} has no model ${model}. Name another one in ai.channels of the settings.` : undefined;

const withoutPrice = (model: string): string =>
  `${model} has no price in config/model-pricing.json, so that nobody knows what it may cost and it is not asked. Add its price, or name another one.`;

function retiringSoon(channel: Channel, at: number): readonly Notice[] {
  const there = modelsAt(channel, at);
  return there.flatMap(({ id, retiresAt }) => {
    if (retiresAt === undefined || retiresAt - at > aheadMs) return [];
    const successor = modelsAt(channel, retiresAt)[0];
    const day = new Date(retiresAt).toISOString().slice(0, 10);
    const then = successor
      ? `${successor.id} stands in from then on.`
      : "Nobody succeeds it: name another one in ai.channels of the settings.";
    return [{ channel: channel.name, model: id, problem: `${id} retires on ${day}. ${then}` }];
  });
}
