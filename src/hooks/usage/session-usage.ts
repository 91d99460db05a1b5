import { createHash } from "node:crypto";
import manifest from "../../../package.json" with { type: "json" };
import { finishSession } from "../../pipeline/sessions/finish.ts";
import { touchSession } from "../../pipeline/sessions/life.ts";
import type { Origin } from "../../pipeline/sessions/origin.ts";
import type { Context } from "../context.ts";
import { capture } from "./capture.ts";
import { waitForMessage } from "./last-message.ts";
import { tellUntold } from "./tell-untold.ts";
import { basisOf, sessionTeller } from "./teller.ts";

/** Whose usage is read. */
export interface Whose {
  readonly id: string;
  readonly transcript: string;
  readonly origin: Origin;
}

export interface Wish {
  /** What is not read by then is read the next time. */
  readonly mostMs: number;
  /** The answer that has to be in the transcript, and the prompt that it is to. */
  readonly answer?: { readonly message: string; readonly prompt: string | undefined };
}

type Needs = Pick<Context, "journal" | "variables" | "settings" | "now" | "signal" | "note">;

/**
 * Reads what a session has used since it was read last, and remembers how that went. It does not throw for what a transcript is.
 *
 * @returns whether everything is read
 */
export async function captureUsage({ id, transcript, origin }: Whose, context: Needs, { mostMs, answer }: Wish): Promise<boolean> {
  const { now, signal, note } = context;
  const journal = context.journal();
  const heard = answer && heardAs(answer);
  if (answer && journal.sessions.find(id)?.heard !== heard) {
    const from = journal.marks.of(transcript)?.position ?? 0;
    const isThere = await waitForMessage({ path: transcript, from, message: answer.message });
    if (!isThere) note("the last answer is not in the transcript yet: it is read the next time");
  }

  const teller = sessionTeller(origin, basisOf(context.variables, context.settings.usageCapture.basis), now());
  const { requests, brokenLines, ownTotal, isComplete, problem } = await capture(journal, {
    session: id,
    transcript,
    teller,
    mostMs,
    signal,
  });
  const { captureFailed } = touchSession(
    journal,
    { id, origin, version: manifest.version, transcript },
    now(),
    ({ captureFailed: before, ...session }) => ({
      ...session,
      capturedAt: now(),
      ...(ownTotal && { ownTotal }),
      ...(heard !== undefined && problem === undefined && { heard }),
      ...(problem !== undefined && { captureFailed: { reason: problem, at: now(), times: (before?.times ?? 0) + 1 } }),
    }),
  );
  const unfinished = isComplete ? {} : { isComplete };
  if (captureFailed) note("usage could not be read", { reason: captureFailed.reason, times: captureFailed.times });
  else note("usage was read", { requests, ...(brokenLines > 0 && { brokenLines }), ...unfinished });
  return isComplete && problem === undefined;
}

interface End {
  readonly mostMs: number;
  /** Milliseconds since the epoch. */
  readonly endedAt: number;
  /** What cannot be read now is given up; else it is tried again when another session starts. */
  readonly isLastTry?: true;
}

/** Reads the rest of what a session has used, and calls it finished. */
export async function finishUsage(whose: Whose, context: Needs, { mostMs, endedAt, isLastTry }: End): Promise<void> {
  const isRead = await captureUsage(whose, context, { mostMs });
  if (isRead) tellUntold(whose, context, endedAt);
  const journal = context.journal();
  const isHopeless = isLastTry === true && journal.sessions.find(whose.id)?.captureFailed !== undefined;
  finishSession(journal, whose.id, context.now(), { endedAt, isRead: isRead || isHopeless });
}

/** The same answer to another prompt is another one. */
const heardAs = ({ message, prompt = "" }: NonNullable<Wish["answer"]>): string =>
  createHash("sha256").update(`${prompt}:${message}`).digest("base64url").slice(0, 22);
