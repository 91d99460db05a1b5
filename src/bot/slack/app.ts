import type { IncomingMessage, ServerResponse } from "node:http";
import { App, HTTPReceiver } from "@slack/bolt";
import type { Logger } from "pino";
import { z } from "zod";
import type { Settings } from "../../config/settings.ts";
import { ServiceError } from "../../errors.ts";
import type { Records } from "../../pipeline/records.ts";
import { answerTask, type SlackDelivery, toPayload } from "../delivery.ts";
import { commandAction, pageAction } from "../render/block-kit.ts";
import { boltLogger } from "./bolt-logger.ts";
import { fromClick, fromSlash } from "./to-delivery.ts";

/** Slack gives up after 3 s. */
export const storeWithinMs = 2_000;

/** What none of our listeners takes is answered just after the longest that storing may take. */
const unhandledAfterMs = storeWithinMs + 500;

const storageIsDown = "Nothing was done: storage is down. Try again in a minute.";

export interface SlackAppOptions {
  readonly settings: Settings;
  /** The names of the commands. */
  readonly names: readonly string[];
  readonly records: Records;
  readonly log: Logger;
  readonly now: () => number;
  readonly botToken: string;
}

export interface SlackApp {
  /** Takes what comes by HTTP. */
  readonly requestListener: (request: IncomingMessage, response: ServerResponse) => void;
  /** Takes what comes by Socket Mode. */
  readonly processEvent: App["processEvent"];
}

/** Bolt behind our guard: every listener stores what was said, and only then acknowledges. */
export function createSlackApp({ settings, names, records, log, now, botToken }: SlackAppOptions): SlackApp {
  const logger = boltLogger(log);
  // The guard has verified the signature, over both secrets while one is being rotated.
  const receiver = new HTTPReceiver({
    signingSecret: "",
    signatureVerification: false,
    endpoints: ["/slack/events"],
    logger,
    unhandledRequestTimeoutMillis: unhandledAfterMs,
    unhandledRequestHandler: ({ response }) => void response.writeHead(404).end(),
    processEventErrorHandler: async ({ error, response }) => {
      const isMalformed = (error as Error & { original?: unknown }).original instanceof z.ZodError;
      log.error({ err: error }, "a request from Slack could not be taken");
      if (!response.headersSent) response.writeHead(isMalformed ? 400 : 500).end();
      return true;
    },
  });
  const app = new App({ receiver, logger, authorize: async () => ({ botToken }), convoStore: false });

  const store = async (delivery: SlackDelivery): Promise<boolean> => {
    try {
      const job = { id: delivery.source, task: answerTask, payload: toPayload(delivery) };
      await records.transaction(({ queue }) => queue.add(job), { beginWithinMs: storeWithinMs });
      return true;
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      log.error({ err: error, delivery: delivery.source }, "a delivery could not be stored");
      return false;
    }
  };

  app.command(/.*/, async ({ command, ack }) => {
    const delivery = fromSlash(command, now(), settings.prefix);
    const said = (await store(delivery)) ? working(delivery.text, names, settings) : storageIsDown;
    await (said === undefined ? ack() : ack({ response_type: "ephemeral", text: said }));
  });

  app.action({ type: "block_actions", action_id: new RegExp(`^${commandAction}`) }, async ({ body, ack, respond }) => {
    const isStored = await store(fromClick(body, now()));
    await ack();
    if (!isStored) await respond({ response_type: "ephemeral", replace_original: false, text: storageIsDown });
  });

  app.action({ type: "block_actions", action_id: new RegExp(`^${pageAction}`) }, async ({ ack }) => ack());

  return { requestListener: receiver.requestListener, processEvent: (event) => app.processEvent(event) };
}

/**
 * What the person sees at once. Slack reads it as its own markup, so only our own words and a known name are in it; for an unknown name
 * there is nothing to wait for, and the answer comes alone.
 */
function working(text: string, names: readonly string[], { prefix }: Settings): string | undefined {
  const verb = text.trim().split(/\s/)[0]?.toLowerCase() || "help";
  return names.includes(verb) ? `On it: /${prefix} ${verb} …` : undefined;
}
