import type { IncomingMessage, ServerResponse } from "node:http";
import { App, HTTPReceiver } from "@slack/bolt";
import { z } from "zod";
import { boltLogger } from "./bolt-logger.ts";
import { createEdge, type EdgeOptions, storeWithinMs } from "./edge.ts";
import { hearClicks } from "./listeners/clicks.ts";
import { hearCommands } from "./listeners/commands.ts";
import { hearDialogs } from "./listeners/dialogs.ts";
import { hearShortcuts } from "./listeners/shortcuts.ts";

/** What none of our listeners takes is answered just after the longest that storing may take. */
const unhandledAfterMs = storeWithinMs + 500;

export interface SlackAppOptions extends EdgeOptions {
  readonly botToken: string;
}

export interface SlackApp {
  /** Takes what comes by HTTP. */
  readonly requestListener: (request: IncomingMessage, response: ServerResponse) => void;
  /** Takes what comes by Socket Mode. */
  readonly processEvent: App["processEvent"];
}

/** Bolt behind our guard: every listener stores what was said, and only then acknowledges. */
export function createSlackApp({ botToken, ...options }: SlackAppOptions): SlackApp {
  const { log } = options;
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
  const edge = createEdge(options);
  for (const hear of [hearCommands, hearClicks, hearDialogs, hearShortcuts]) hear(app, edge);
  return { requestListener: receiver.requestListener, processEvent: (event) => app.processEvent(event) };
}
