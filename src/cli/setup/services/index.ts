import { bot } from "./bot.ts";
import { ccusage } from "./ccusage.ts";
import { claudeCode } from "./claude-code.ts";
import { gemini } from "./gemini.ts";
import { github } from "./github.ts";
import { openai } from "./openai.ts";
import type { Service } from "./service.ts";

/** In the order in which a person sets them up. */
export const services: readonly Service[] = [claudeCode, openai, gemini, ccusage, github, bot];
