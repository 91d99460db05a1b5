import { UserError } from "../../../errors.ts";
import type { Usage } from "../usage.ts";
import { byModel, isFullOf, type ModelSum, sumsOfDay, sumsOfSession } from "./ccusage-sums.ts";
import { type Fields, fieldsOf, instantOf, nameOf, statedPicoOf } from "./fields.ts";
import type { Teller } from "./told.ts";

const sessionsInstead = "Run: ccusage claude session --json";
const daysInstead = "Run: ccusage claude daily --json --timezone UTC";
const written = /^\d{4}-\d\d-\d\d$/;

/**
 * Reads what `ccusage … --json` of version 20 printed; which report it is shows in its keys. They hold sums and no requests, so that what is
 * read gives way to the requests once those are known.
 *
 * @throws UserError that says what was seen, and what to run instead
 */
export function parseCcusage(content: unknown, teller: Teller): readonly Usage[] {
  const report = fieldsOf(content);
  if (content === null) throw refused("is the answer of ccusage about a session that it does not know.", sessionsInstead);
  if (Array.isArray(content)) throw refused("is a list, as ccusage 18 prints when it has found nothing.", sessionsInstead);
  if (!report) throw refused("is no report of ccusage.", sessionsInstead);
  const unpriced = new Set(listOf(fieldsOf(report.totals)?.unpricedModels));

  if (Array.isArray(report.sessions)) return report.sessions.flatMap((each) => parseSession(each, teller, unpriced));
  if (Array.isArray(report.session)) return report.session.flatMap((each) => parseUnified(each, teller, unpriced));
  if (Array.isArray(report.daily)) return report.daily.flatMap((each) => parseDay(each, teller, unpriced));
  if (Array.isArray(report.entries)) return parseOne(report, teller);
  const longer = ["weekly", "monthly", "blocks", "projects"].find((key) => key in report);
  if (longer !== undefined) throw refused(`holds \`${longer}\`, from which no single day or session can be told.`, daysInstead);
  const keys = Object.keys(report).slice(0, 5).join(", ").slice(0, 100);
  throw refused(`has none of the shapes that ccusage 20 prints: its keys are ${keys || "none"}.`, sessionsInstead);
}

/** `ccusage claude session`: one entry a session, by its id. Version 18 wrote the project's folder there, and a day where there is a time now. */
function parseSession(value: unknown, teller: Teller, unpriced: ReadonlySet<string>): readonly Usage[] {
  const entry = fieldsOf(value);
  const session = nameOf(entry?.sessionId);
  if (typeof entry?.lastActivity === "string" && written.test(entry.lastActivity))
    throw refused(
      "is from ccusage 18, which sums up whole projects as if they were sessions.",
      `Install ccusage 20.0.24. ${sessionsInstead}`,
    );
  const at = instantOf(entry?.lastActivity, teller.now);
  if (!entry || session === undefined || at === undefined)
    throw refused("has an entry in `sessions` without a sessionId or a lastActivity.", sessionsInstead);
  return sumsOfSession(session, at, byModel(breakdownsOf(entry, "sessions"), unpriced), teller);
}

/** `ccusage session`: of all agents together. */
function parseUnified(value: unknown, teller: Teller, unpriced: ReadonlySet<string>): readonly Usage[] {
  const entry = fieldsOf(value);
  const session = nameOf(entry?.period);
  const at = instantOf(fieldsOf(entry?.metadata)?.lastActivity, teller.now);
  if (!entry || session === undefined || at === undefined)
    throw refused("has an entry in `session` without a period or a lastActivity.", sessionsInstead);
  if (entry.agent !== "claude") throw refused(`has sessions of ${nameOf(entry.agent) ?? "another agent"}.`, sessionsInstead);
  return sumsOfSession(session, at, byModel(breakdownsOf(entry, "session"), unpriced), teller);
}

function parseDay(value: unknown, teller: Teller, unpriced: ReadonlySet<string>): readonly Usage[] {
  const entry = fieldsOf(value);
  const day = entry?.date ?? entry?.period;
  const isDay = typeof day === "string" && written.test(day) && instantOf(`${day}T00:00Z`, teller.now) !== undefined;
  if (!entry || !isDay) throw refused("has an entry in `daily` without a day such as 2026-11-20.", daysInstead);
  const others = listOf(fieldsOf(entry.metadata)?.agents).filter((agent) => agent !== "claude");
  if (others.length > 0) throw refused(`mixes days of claude with those of ${others.join(", ").slice(0, 100)}.`, daysInstead);
  return sumsOfDay(day, byModel(breakdownsOf(entry, "daily"), unpriced), teller);
}

/** `ccusage claude session --id`: requests without ids, of which the costs are told together only. */
function parseOne(report: Fields, teller: Teller): readonly Usage[] {
  const session = nameOf(report.sessionId);
  const entries = listOfFields(report.entries);
  const ats = entries.map(({ timestamp }) => instantOf(timestamp, teller.now)).filter((at) => at !== undefined);
  if (session === undefined || ats.length < entries.length)
    throw refused("has no sessionId, or an entry without a timestamp.", sessionsInstead);
  const [lastAt] = ats.toSorted((one, other) => other - one);
  if (lastAt === undefined) return [];
  const sums = byModel(
    entries.map(({ model, costUSD: _, ...tokens }) => ({ ...tokens, modelName: model })),
    new Set(),
  ).filter(isFullOf);
  const [first, ...others] = sums;
  const statedPico = statedPicoOf(report.totalCost);
  const costed: readonly ModelSum[] = first && others.length === 0 && statedPico !== undefined ? [{ ...first, statedPico }] : sums;
  return sumsOfSession(session, lastAt, costed, teller);
}

function breakdownsOf(entry: Fields, key: string): readonly Fields[] {
  if (Array.isArray(entry.modelBreakdowns)) return listOfFields(entry.modelBreakdowns);
  throw refused(`has an entry in \`${key}\` without modelBreakdowns.`, key === "daily" ? daysInstead : sessionsInstead);
}

const listOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.filter((each) => typeof each === "string") : []);
const listOfFields = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value.map((each) => fieldsOf(each) ?? {}) : []);

const refused = (seen: string, instead: string): UserError => new UserError("invalid", "unknown_shape", `This ${seen} ${instead}`);
