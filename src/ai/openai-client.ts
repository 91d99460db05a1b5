import OpenAI from "openai";
import type { Secret } from "../secret.ts";

/** The package as we use it: what it would take from the environment, such as the organisation of another account, it does not get. */
export const openAiClient = (apiKey: Secret, baseURL: string): OpenAI =>
  new OpenAI({
    apiKey: apiKey.reveal(),
    baseURL,
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    logLevel: "off",
    // It would ask three times for a quota that is used up: `withRetries` asks again where that helps.
    maxRetries: 0,
    // A key is for this server alone.
    fetchOptions: { redirect: "error" },
  });
