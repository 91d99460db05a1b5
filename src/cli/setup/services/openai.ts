import { ListedModels } from "../../../ai/openai-models.ts";
import { askApi } from "./ask-api.ts";
import { missing, type Service, unchecked, works, wrong } from "./service.ts";

const keyLine = "export OPENAI_API_KEY=…    # https://platform.openai.com/api-keys";
const soonMs = 60 * 24 * 3_600_000;
const mostNamed = 5;

export const openai: Service = {
  name: "OpenAI",
  purpose: "the bot's design help, and a look at failures that came more than twice; hooks only record what to ask",

  async look({ variables, isOffline }) {
    const { OPENAI_API_KEY: key, O3_ENDPOINT: endpoint = "https://api.openai.com/v1" } = variables;
    if (key === undefined) return missing("OPENAI_API_KEY is not set.", keyLine);
    if (!URL.canParse(endpoint) || !/^https?:/.test(endpoint))
      return wrong("O3_ENDPOINT is not an http(s) URL.", "export O3_ENDPOINT=https://…/v1");
    if (isOffline) return unchecked("OPENAI_API_KEY is set.");
    const { status, content, problem } = await askApi(`${endpoint.replace(/\/+$/, "")}/models`, { authorization: `Bearer ${key}` });
    if (status === 401 || status === 403) return wrong("OPENAI_API_KEY is not taken.", keyLine);
    if (status === 404) return wrong("O3_ENDPOINT has no /models: it ends in /v1 as a rule.", "export O3_ENDPOINT=https://…/v1");
    const models = ListedModels.safeParse(content);
    if (status !== 200 || !models.success)
      return wrong(`Whether OPENAI_API_KEY is good is not known: ${status === 200 ? "the answer lists no models." : problem}`);
    return works(`OPENAI_API_KEY is taken; it reaches ${models.data.data.length} models.${endingSoon(models.data, Date.now())}`);
  },
};

function endingSoon({ data }: ListedModels, now: number): string {
  const ending = data
    .flatMap(({ id, shutdown_date: at }) => (at && at < now + soonMs ? [{ id, at }] : []))
    .toSorted((one, other) => one.at - other.at);
  if (ending.length === 0) return "";
  const named = ending.slice(0, mostNamed).map(({ id, at }) => `${id.slice(0, 60)} on ${new Date(at).toISOString().slice(0, 10)}`);
  const more = ending.length > mostNamed ? ` and ${ending.length - mostNamed} more` : "";
  return ` OpenAI shuts down soon: ${named.join(", ")}${more}.`;
}
