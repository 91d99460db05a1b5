import type { Delivery, Sender } from "./deliveries.ts";
import { readResponse } from "./response-body.ts";
import type { SeenMessage } from "./seen-message.ts";
import { app, type ChannelName, type PersonName, team } from "./workspace.ts";

export interface Slash {
  readonly as: PersonName;
  /** `dm` is the person's conversation with the bot; anything else than a name is a channel's id. */
  readonly channel: ChannelName | "dm" | (string & {});
  /** What follows the command. */
  readonly text: string;
  /** `/ci` unless told. */
  readonly command?: string;
}

export interface SlashDelivery extends Delivery {
  readonly triggerId: string;
  readonly responseUrl: string;
  /** What the person saw because of the ack itself. */
  readonly shown?: SeenMessage;
}

/** A person types a slash command. */
export async function slash(sender: Sender, { as, channel, text, command = "/ci" }: Slash): Promise<SlashDelivery> {
  const person = sender.workspace.people[as];
  const place = placeOf(sender, channel, as);
  const responseUrl = sender.responseUrls.issue({ to: person.id, channel: place.id });
  const trigger = await sender.workspace.call("views.generateTriggerId", { user_id: person.id });
  const triggerId = String(trigger.trigger_id);
  const order = sender.stage.transcript.nextOrder();

  const body = new URLSearchParams({
    token: "sandbox-verification-token",
    team_id: person.teamId,
    team_domain: person.teamId === team.id ? team.domain : "partners",
    channel_id: place.id,
    channel_name: place.name,
    user_id: person.id,
    user_name: person.handle,
    command,
    text,
    api_app_id: app.id,
    is_enterprise_install: "false",
    response_url: responseUrl,
    trigger_id: triggerId,
  }).toString();

  const delivery = await sender.deliver({ body });
  sender.record({
    kind: "command",
    as,
    channel: place.id,
    text: `${command} ${text}`.trim(),
    status: delivery.status,
    tookMs: delivery.tookMs,
    order,
  });
  const shown = await showAck(sender, delivery, { to: person.id, channel: place.id, command });
  return { ...delivery, triggerId, responseUrl, ...(shown ? { shown } : {}) };
}

interface Place {
  readonly to: string;
  readonly channel: string;
  readonly command: string;
}

async function showAck(
  { stage, exchanges }: Sender,
  { status, contentType, body }: Delivery,
  { to, channel, command }: Place,
): Promise<SeenMessage | undefined> {
  const failed = (code: string) => stage.notice(to, channel, `${command} failed with the error "${code}"`);
  if (status === 0) return failed("operation_timeout");
  if (status !== 200) return failed("dispatch_failed");
  if (body.trim() === "") return undefined;
  if (!contentType.includes("json")) return stage.whisper(to, channel, { text: body, blocks: [] });

  const args = JSON.parse(body) as Record<string, unknown>;
  const read = readResponse(args);
  exchanges.tell({ method: "ack", args, answer: "refusal" in read ? read.refusal : { ok: true } });
  if ("refusal" in read) return failed("invalid_command_response");
  const { said } = read;
  if (said.text === "" && said.blocks.length === 0) return undefined;
  return said.response_type === "in_channel" ? stage.post(channel, said) : stage.whisper(to, channel, said);
}

/** The channel that a name, an id or `dm` stands for. */
export function placeOf(
  { workspace }: Pick<Sender, "workspace">,
  channel: string,
  as: PersonName,
): { readonly id: string; readonly name: string } {
  if (channel === "dm" || channel === workspace.people[as].dm) return { id: workspace.people[as].dm, name: "directmessage" };
  return Object.values(workspace.channels).find(({ id, name }) => id === channel || name === channel) ?? { id: channel, name: "unknown" };
}
