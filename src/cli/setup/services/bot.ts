import { UserError } from "../../../errors.ts";
import { openRemote } from "../../../machine/remote/open-remote.ts";
import { askApi } from "./ask-api.ts";
import { missing, type Service, unchecked, works, wrong } from "./service.ts";

const urlLine = "export NEXTRUST_URL=https://…    # where the bot runs";
const tokenLine = "export NEXTRUST_API_TOKEN=…    # as the bot was started with; to make one: openssl rand -hex 32";

export const bot: Service = {
  name: "The bot",
  purpose: "is told what sessions spend and where they fail; without it that stays on this machine",

  async look({ variables, isOffline }) {
    const { NEXTRUST_URL: url, NEXTRUST_API_TOKEN: tokens } = variables;
    if (url === undefined) return missing("NEXTRUST_URL is not set.", urlLine, tokenLine);
    if (tokens === undefined) return missing("NEXTRUST_API_TOKEN is not set.", tokenLine);
    const remote = remoteOf(url, tokens);
    if (typeof remote === "string") return wrong(remote, urlLine);
    if (isOffline) return unchecked("NEXTRUST_URL and NEXTRUST_API_TOKEN are set.");
    const health = await askApi(`${remote.url}/healthz`, {});
    if (health.status !== 200) return wrong(`The bot does not answer: ${health.problem}`, urlLine);
    const answer = await askApi(`${remote.url}/v1/budget`, { authorization: `Bearer ${remote.token.reveal()}` });
    if (answer.status === 200) return works("The bot answers and takes the token.");
    if (answer.status === 401 || answer.status === 403) return wrong("The bot answers, but does not take the token.", tokenLine);
    if (answer.status === 404)
      return wrong("What answers has no budgets: NEXTRUST_URL names another server, or a bot of an older version.", urlLine);
    return wrong(`Whether the token is good is not known: ${answer.problem}`);
  },
};

function remoteOf(url: string, tokens: string): ReturnType<typeof openRemote> | string {
  try {
    return openRemote(url, tokens);
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}
