import { readFileSync } from "node:fs";
import { join } from "node:path";
import { askApi } from "./ask-api.ts";
import { findProgram } from "./program.ts";
import { type Around, missing, type Seen, type Service, unchecked, works, wrong } from "./service.ts";

const keyLine = "export GEMINI_API_KEY=…    # https://aistudio.google.com/apikey";
const install = "npm install --global @google/gemini-cli";

export const gemini: Service = {
  name: "Gemini",
  purpose: "the bot's reviews, also of phases; hooks only record what to ask",

  async look(around) {
    const { variables, home } = around;
    const program = await findProgram("gemini", variables);
    const broken = program && "problem" in program ? `${program.path} --version ${program.problem}.` : undefined;
    if (broken) return wrong(broken, install);
    const cli = program && "version" in program ? `The CLI is ${program.version}` : "There is no CLI";
    if (variables.GEMINI_API_KEY !== undefined) return withKey(around, variables.GEMINI_API_KEY, cli);
    if (!program) return missing("Neither GEMINI_API_KEY nor the program gemini is there.", keyLine);
    const way = signInOf(home);
    if (way === undefined)
      return missing(`${cli}, but it has no key and nobody has chosen how to sign in; without a terminal it ends with 41.`, keyLine);
    return unchecked(`${cli}, signed in by ${way}.`);
  },
};

async function withKey({ variables, isOffline, home }: Around, key: string, cli: string): Promise<Seen> {
  const { GEMINI_BASE_URL: base = "https://generativelanguage.googleapis.com" } = variables;
  if (isOffline) return unchecked(`${cli}. GEMINI_API_KEY is set.`);
  const { status, problem } = await askApi(`${base.replace(/\/+$/, "")}/v1beta/models?pageSize=1`, { "x-goog-api-key": key });
  // A key that it does not know is a bad request to Google.
  if ([400, 401, 403].includes(status)) return wrong(`${cli}. GEMINI_API_KEY is not taken.`, keyLine);
  if (status !== 200) return wrong(`${cli}. Whether GEMINI_API_KEY is good is not known: ${problem}`);
  const taken = `${cli}. GEMINI_API_KEY is taken`;
  // Another choice goes before the key: https://github.com/google-gemini/gemini-cli
  const way = signInOf(home);
  return way === undefined || way === keyWay ? works(`${taken}.`) : works(`${taken}, though the CLI signs in by ${way}.`);
}

const keyWay = "gemini-api-key";

/** How the CLI signs in, by its settings. */
function signInOf(home: string): string | undefined {
  try {
    const way = JSON.parse(readFileSync(join(home, ".gemini", "settings.json"), "utf8")).security?.auth?.selectedType;
    return typeof way === "string" ? way.slice(0, 60) : undefined;
  } catch {
    return undefined;
  }
}
