import type { Services } from "../../services.ts";
import { giveUp, settle } from "../budgets/expire.ts";
import { recordUsage } from "../budgets/record-usage.ts";
import { reserve } from "../budgets/reserve.ts";
import type { LedgerEntry } from "../usage/ledger.ts";
import type { PicoUsd } from "../usage/money.ts";
import { toEntry } from "../usage/to-entry.ts";
import type { Attribution, Usage } from "../usage/usage.ts";
import type { AskEnd } from "./asks.ts";
import { findKept, keepAnswer } from "./cached-answer.ts";
import { type Called, call, type PassedOver, type SpentThrough } from "./call.ts";
import type { Channel, ChannelName } from "./channel.ts";
import { type Candidate, candidatesOf, estimate } from "./estimate.ts";
import { nobodyLeft, notConfigured } from "./nobody-to-ask.ts";
import { type Prompt, promptName } from "./prompt.ts";
import type { Failure } from "./provider.ts";

export type AskNeeds = Pick<Services, "channels" | "records" | "keys" | "priceBook" | "money" | "timings" | "secrets" | "now">;

/** What is asked, on whose behalf. */
export interface Asking extends Attribution {
  /** Names it for ever: whoever comes with it again, after a crash, asks the same. */
  readonly id: string;
  readonly channel: ChannelName;
  /** An answer from before is not good enough. */
  readonly isForced?: boolean;
}

/** Who answered or failed. */
interface By {
  /** As people know it, and as in Usage. */
  readonly name: string;
  readonly service: string;
  /** The model by its own word; of a failure the one that was asked. */
  readonly model: string;
}

export type AskResult<T> =
  | (By & { readonly kind: "answered"; readonly value: T /** When it was given, where it was given before. */; readonly keptAt?: number })
  | (By & { readonly kind: "failed"; readonly failure: Failure; readonly detail: string; readonly retryAt?: number });

export type Asked<T> =
  /** Nobody was asked. The message is for people. */
  | {
      readonly kind: "refused";
      readonly reason: "not_configured" | "nobody_left" | "budget" | "limit" | "cooldown" | "over";
      readonly message: string;
      readonly retryAt?: number;
    }
  | {
      readonly kind: "asked";
      /** One for each prompt, in order. */
      readonly results: readonly AskResult<T>[];
      /** Who could not answer, so that another one did; each once. */
      readonly passedOver: readonly PassedOver[];
      /** What it cost as far as it is known. */
      readonly costPico: PicoUsd;
      /** Nobody knows what some of it cost: at most what was reserved counts as spent. */
      readonly isCostUncertain: boolean;
    };

/**
 * Asks a channel, within the budgets, and writes down what it took. What was answered before is not asked again; after a crash what is
 * missing is asked, and what was reserved for the call that broke off counts as spent.
 *
 * @param prompts never empty; they are asked one after the other, and what follows a failure is asked all the same
 * @throws ServiceError when the database fails
 */
export async function ask<T>(prompts: readonly Prompt<T>[], asking: Asking, services: AskNeeds): Promise<Asked<T>> {
  const { channels, records, now } = services;
  const channel = channels.of(asking.channel);
  if (!channel) return { kind: "refused", reason: "not_configured", message: notConfigured(asking.channel) };
  const candidates = candidatesOf(channel, services.priceBook, now());
  const [first] = candidates;
  if (!first) return { kind: "refused", reason: "nobody_left", message: nobodyLeft(channel, now()) };

  const kept = await Promise.all(prompts.map((prompt) => (asking.isForced ? undefined : findKept(prompt, first.model, services))));
  const open = prompts.filter((_, index) => kept[index] === undefined);
  const begun = await begin(prompts, open, asking, channel, services);
  if (begun.kind === "refused") return begun;

  const asked = await askAll(open, candidates, channel, { asking, reservation: begun.reservation }, services);
  const results = inOrder(kept, asked.results);
  await records.transaction(async (tx) => {
    if (begun.reservation !== undefined) await (asked.isCostUncertain ? giveUp : settle)(tx, begun.reservation, services);
    await tx.asks.end(asking.id, toEnd(results, asked.costPico, open.length === 0), now());
  });
  return { kind: "asked", ...asked, results };
}

type Kept<T> = Awaited<ReturnType<typeof findKept<T>>>;

function inOrder<T>(kept: readonly Kept<T>[], asked: readonly AskResult<T>[]): readonly AskResult<T>[] {
  const rest = [...asked];
  return kept.map((one) => {
    if (!one) return rest.shift() as AskResult<T>;
    const { value, model, service, name, at: keptAt } = one;
    return { kind: "answered", value, model, service, name, keptAt };
  });
}

type Begun = { readonly kind: "begun"; readonly reservation?: string } | Extract<Asked<never>, { kind: "refused" }>;

/** Writes down that it is asked, and reserves its money; where everything is known already there is nothing to reserve. */
async function begin(
  prompts: readonly Prompt<unknown>[],
  open: readonly Prompt<unknown>[],
  asking: Asking,
  channel: Channel,
  services: AskNeeds,
): Promise<Begun> {
  const { records, priceBook, now } = services;
  const { id, channel: name, isForced: _, ...attribution } = asking;
  const { purpose } = prompts[0] as Prompt<unknown>;
  return records.transaction(async (tx) => {
    const { session: __, attempt: ___, ...about } = attribution;
    const tries = await tx.asks.begin({ id, channel: name, purpose, prompt: promptName(prompts[0] as Prompt<unknown>), ...about }, now());
    // Whoever tried before died with a call under way: what it took nobody knows.
    for (let before = 1; before < tries; before++) await giveUp(tx, reservationOf(id, before), services);
    const expected = open.length === 0 ? undefined : estimate(open, channel, priceBook, now());
    if (!expected) return { kind: "begun" };
    const reservation = reservationOf(id, tries);
    const { first, mostPico: estimatePico } = expected;
    const leaseMs = channel.deadlineMs * open.length + graceMs;
    const wish = { ...attribution, id: reservation, service: first.provider.service, model: first.model, estimatePico, leaseMs };
    const granted = await reserve(tx, wish, services);
    if (granted.isGranted) return { kind: "begun", reservation };
    const { reason, message, retryAt } = granted;
    await tx.asks.end(id, { outcome: "refused" }, now());
    return { kind: "refused", reason, message, ...(retryAt !== undefined && { retryAt }) };
  });
}

const graceMs = 60_000;

const reservationOf = (ask: string, tries: number): string => `ask:${ask}:${tries}`;

interface For {
  readonly asking: Asking;
  readonly reservation: string | undefined;
}

async function askAll<T>(
  prompts: readonly Prompt<T>[],
  candidates: readonly Candidate[],
  channel: Channel,
  of: For,
  services: AskNeeds,
): Promise<Omit<Extract<Asked<T>, { kind: "asked" }>, "kind">> {
  const results: AskResult<T>[] = [];
  const passedOver: PassedOver[] = [];
  let costPico = 0n;
  let isCostUncertain = false;
  let left = candidates;
  for (const prompt of prompts) {
    const called = await call(prompt, left, channel, services);
    // Who could not answer once is not asked again by the rest.
    left = left.slice(left.indexOf(called.by));
    passedOver.push(...called.passedOver);
    const { answer } = called;
    isCostUncertain ||= answer.kind === "failed" && (answer.failure === "timeout" || answer.mayHaveSpent === true);
    costPico += await writeDown(prompt, called, of, services);
    results.push(toResult(called));
  }
  return { results, passedOver, costPico, isCostUncertain };
}

/** What was spent is in the ledger, and the answer kept, before anything else is asked. Gives what it cost as far as it is known. */
async function writeDown<T>(prompt: Prompt<T>, { answer, by, spent }: Called<T>, of: For, services: AskNeeds): Promise<PicoUsd> {
  const { records, priceBook, now } = services;
  const at = now();
  const usages = spent.map((one) => toUsage(one, of, at));
  if (usages.length > 0) await records.transaction((tx) => recordUsage(tx, usages, services));
  if (answer.kind === "answered") {
    const { service, name } = by.provider;
    await keepAnswer(prompt, by.model, { value: answer.value, model: answer.model, service, name, at }, services);
  }
  return usages.map((usage) => toEntry(usage, priceBook)).reduce((sum, entry) => sum + billed(entry), 0n);
}

/** What a subscription pays for costs nothing more. */
const billed = ({ basis, costPico = 0n }: LedgerEntry): PicoUsd => (basis === "metered" ? costPico : 0n);

function toUsage({ provider, spent }: SpentThrough, { asking, reservation }: For, at: number): Usage {
  const { id: _, channel: __, isForced: ___, ...attribution } = asking;
  const { vendor, service, basis } = provider;
  return { ...attribution, ...spent, at, provider: vendor, service, basis, ...(reservation !== undefined && { reservation }) };
}

function toResult<T>({ answer, by }: Called<T>): AskResult<T> {
  const { name, service } = by.provider;
  if (answer.kind === "answered") return { kind: "answered", value: answer.value, model: answer.model, name, service };
  const { failure, detail, retryAt } = answer;
  return { kind: "failed", failure, detail, name, service, model: by.model, ...(retryAt !== undefined && { retryAt }) };
}

function toEnd(results: readonly AskResult<unknown>[], costPico: PicoUsd, isCached: boolean): AskEnd {
  const answered = results.filter(({ kind }) => kind === "answered");
  const last = results.findLast(({ kind }) => kind === "failed") ?? results.at(-1);
  const outcome = answered.length === results.length ? "answered" : answered.length > 0 ? "partly" : "failed";
  return {
    outcome,
    ...(last && { service: last.service, model: last.model }),
    ...(last?.kind === "failed" && { failure: last.failure }),
    costPico,
    ...(isCached && { isCached: true }),
  };
}
