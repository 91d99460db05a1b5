import type { Delivery, Sender } from "./deliveries.ts";
import type { SeenAction, SeenMessage } from "./seen-message.ts";
import { placeOf } from "./slash.ts";
import { app, type PersonName, team } from "./workspace.ts";

export interface Click {
  readonly as: PersonName;
  readonly messageId: string;
  readonly actionId: string;
  /** Chooses among buttons of one action id; in a menu, the option. */
  readonly value?: string;
}

export interface ClickDelivery extends Delivery {
  readonly triggerId: string;
  readonly responseUrl: string;
}

/** A person clicks a button, or picks from a menu, of a message that they see. */
export async function click(sender: Sender, { as, messageId, actionId, value }: Click): Promise<ClickDelivery> {
  const { workspace, stage, responseUrls } = sender;
  const person = workspace.people[as];
  const message = stage.transcript.find(messageId);
  if (message === undefined) throw new Error(`There is no message ${messageId}.`);
  if (message.visibleTo !== undefined && message.visibleTo !== person.id) throw new Error(`${person.name} does not see this message.`);
  const matching = message.actions.filter((one) => one.actionId === actionId);
  const action = matching.find((one) => value === undefined || one.value === value || one.type === "static_select");
  if (action === undefined)
    throw new Error(`The message has no action ${actionId}; it has: ${message.actions.map((one) => one.actionId).join(", ")}.`);

  const responseUrl = responseUrls.issue({ to: person.id, channel: message.channel, source: message });
  const trigger = await workspace.call("views.generateTriggerId", { user_id: person.id });
  const triggerId = String(trigger.trigger_id);
  const order = stage.transcript.nextOrder();
  const place = placeOf(sender, message.channel, as);

  const payload = {
    type: "block_actions",
    user: { id: person.id, username: person.handle, name: person.handle, team_id: person.teamId },
    api_app_id: app.id,
    token: "sandbox-verification-token",
    container: {
      type: "message",
      message_ts: message.ts,
      channel_id: message.channel,
      is_ephemeral: message.visibleTo !== undefined,
      ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
    },
    trigger_id: triggerId,
    team: { id: team.id, domain: team.domain },
    enterprise: null,
    is_enterprise_install: false,
    channel: place,
    // Slack sends the message along only where all can see it.
    ...(message.visibleTo === undefined ? { message: toPayload(message) } : {}),
    state: { values: {} },
    response_url: responseUrl,
    actions: [toAction(action, value)],
  };
  const delivery = await sender.deliver({ body: new URLSearchParams({ payload: JSON.stringify(payload) }).toString() });

  sender.record({
    kind: "click",
    as,
    channel: message.channel,
    text: action.label,
    status: delivery.status,
    tookMs: delivery.tookMs,
    order,
  });
  return { ...delivery, triggerId, responseUrl };
}

function toPayload({ ts, text, blocks, authorId, threadTs }: SeenMessage): object {
  return {
    type: "message",
    user: authorId,
    bot_id: app.botId,
    app_id: app.id,
    team: team.id,
    ts,
    text,
    blocks,
    ...(threadTs ? { thread_ts: threadTs } : {}),
  };
}

function toAction(action: SeenAction, value: string | undefined): object {
  const common = {
    action_id: action.actionId,
    block_id: action.blockId,
    type: action.type,
    action_ts: `${(Date.now() / 1000).toFixed(6)}`,
  };
  if (action.type !== "static_select") {
    const text = { type: "plain_text", text: action.label, emoji: true };
    return { ...common, text, ...(action.value === undefined ? {} : { value: action.value }) };
  }
  const option = action.options?.find((one) => one.value === value);
  if (option === undefined) throw new Error(`The menu has no option ${value}.`);
  return { ...common, selected_option: option };
}
