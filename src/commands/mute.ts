import { UserError } from "../errors.ts";
import { holdBack, release } from "../pipeline/policy/release.ts";
import { done, type Reply, text } from "../reply.ts";
import type { Services } from "../services.ts";
import { atTime } from "./at-time.ts";
import { defineCommand } from "./command.ts";
import { personInSlack } from "./person-in-slack.ts";
import { tomorrowAtNine } from "./tomorrow-at-nine.ts";

const lengths = ["1h", "8h", "tomorrow", "off"] as const;
type Length = (typeof lengths)[number];

const hourMs = 60 * 60_000;
const endOfTime = Number.MAX_SAFE_INTEGER;

type Needs = Pick<Services, "records" | "links" | "invitations" | "workspace" | "now">;

export const mute = defineCommand({
  name: "mute",
  usage: "[1h|8h|tomorrow|off]",
  summary: "Send you no private messages of my own accord for a while (1h unless you say); they come together afterwards.",
  examples: [
    { args: "8h", does: "for the working day" },
    { args: "tomorrow", does: "until nine in the morning, on your clock" },
    { args: "off", does: "what was held back comes now" },
  ],
  role: "any",
  parse: (args): Length => {
    const word = args.optionalWord()?.toLowerCase();
    return word === undefined ? "1h" : args.choice("length", word, lengths);
  },

  async run(length, context, services: Needs) {
    const person = await personInSlack(context, services);
    const { records, workspace, now } = services;
    const zone = (await workspace.member(person)).zone ?? "UTC";
    const until = length === "off" ? undefined : endOf(length, zone, now());
    const audience = `user:${person}` as const;
    return records.transaction(async (tx) => {
      const wasMuted = (await tx.mutes.until(person, now())) !== undefined;
      const held = await tx.held.count(audience);
      if (until === undefined && !wasMuted && held === 0) throw new UserError("not_applicable", "not_muted", "You have not muted me.");

      await tx.mutes.set(person, until);
      if (until === undefined) await release(tx, audience, endOfTime);
      else for (const message of await tx.held.take(audience, endOfTime)) await holdBack(tx, { ...message, releaseAt: until });
      const reply = until === undefined ? unmuted(held) : muted(atTime(until, zone), held);
      await context.conclude(tx, reply);
      return reply;
    });
  },
});

function unmuted(held: number): Reply {
  const missed = held === 0 ? "" : ` ${heldInWords(held)}, and ${held === 1 ? "comes" : "come"} now.`;
  return done("unmuted", text(`I send you private messages again.${missed}`, "good"));
}

function muted(until: string, held: number): Reply {
  const waiting = held === 0 ? "" : ` ${heldInWords(held)} so far.`;
  const sentence = `I send you no private messages of my own accord until ${until}; answers to what you ask still come.${waiting} What you miss comes together then.`;
  return done("muted", text(sentence, "idle"));
}

const heldInWords = (held: number): string => `${held} ${held === 1 ? "message was" : "messages were"} held back`;

/** Tomorrow begins at nine, on their own clock. */
function endOf(length: Exclude<Length, "off">, zone: string, now: number): number {
  if (length === "1h") return now + hourMs;
  if (length === "8h") return now + 8 * hourMs;
  return tomorrowAtNine(now, zone);
}
