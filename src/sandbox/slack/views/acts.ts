import { z } from "zod";
import { complaintsOf } from "../block-kit/complaint.ts";
import { option } from "../block-kit/composition.ts";
import type { Delivery, Sender } from "../deliveries.ts";
import type { Block, SeenMessage } from "../seen-message.ts";
import { placeOf } from "../slash.ts";
import { app, type PersonName, team } from "../workspace.ts";
import type { Screens, SeenView } from "./screens.ts";
import { type Filled, stateOf } from "./state.ts";
import { afterSubmission } from "./submission.ts";

export type Shortcut = { readonly as: PersonName; readonly callbackId: string } & (
  | { readonly kind: "global" }
  | { readonly kind: "message"; readonly messageId: string }
);

export interface Suggestion {
  readonly text: string;
  readonly value: string;
}

interface InView {
  readonly as: PersonName;
  readonly viewId: string;
}

/** What people do with modals, the App Home and shortcuts. */
export interface ViewActs {
  /** Chooses a shortcut from a message's menu or from the search. */
  shortcut(chosen: Shortcut): Promise<Delivery>;
  /** Clicks a button or picks from a menu in the modal or App Home. */
  clickInView(clicked: InView & { readonly actionId: string; readonly value?: string }): Promise<Delivery>;
  /** Types into a select whose options the app gives. Throws when they break Slack's limits, or do not come within 3 s. */
  suggest(typed: InView & { readonly actionId: string; readonly query: string }): Promise<readonly Suggestion[]>;
  /** Submits a modal; gives back what the app finds wrong, by block id. */
  submit(filled: InView & { readonly values: Filled }): Promise<Delivery & { readonly errors?: Readonly<Record<string, string>> }>;
  /** Closes the modal; the app hears of it where it asked to. */
  closeView(closed: InView): Promise<void>;
  /** Opens the app's home tab. */
  openHome(as: PersonName): Promise<Delivery>;
  /** The topmost modal. */
  view(as: PersonName): SeenView | undefined;
  home(as: PersonName): SeenView | undefined;
}

/** Slack's limit for what an external select shows: https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element */
const mostOptions = 100;
const Options = z.strictObject({ options: z.array(option).max(mostOptions, `no more than ${mostOptions} items allowed`) });

export function createViewActs(
  sender: Sender,
  screens: Screens,
  toEnvelope: (event: Readonly<Record<string, unknown>>) => { body: string },
): ViewActs {
  const { workspace, stage, responseUrls, exchanges } = sender;
  const suggested = new Map<string, Suggestion[]>();

  const send = (payload: object) =>
    sender.deliver({ body: new URLSearchParams({ payload: JSON.stringify({ ...common, ...payload }) }).toString() });
  const triggerOf = async (as: PersonName) =>
    String((await workspace.call("views.generateTriggerId", { user_id: workspace.people[as].id })).trigger_id);
  const userOf = (as: PersonName) => {
    const { id, handle, teamId } = workspace.people[as];
    return { id, username: handle, name: handle, team_id: teamId };
  };
  const shown = ({ as, viewId }: InView): SeenView => {
    const person = workspace.people[as].id;
    const view = [screens.modal(person), screens.home(person)].find((one) => one?.id === viewId);
    if (!view) throw new Error(`${as} does not see the view ${viewId}.`);
    return view;
  };

  return {
    view: (as) => screens.modal(workspace.people[as].id),
    home: (as) => screens.home(workspace.people[as].id),

    async shortcut(chosen) {
      const { as, callbackId } = chosen;
      const about = { user: userOf(as), callback_id: callbackId, action_ts: nowTs(), trigger_id: await triggerOf(as) };
      if (chosen.kind === "global") return send({ ...about, type: "shortcut" });

      const message = stage.transcript.find(chosen.messageId);
      if (!message || message.visibleTo !== undefined) throw new Error(`Slack offers no shortcuts on ${chosen.messageId}.`);
      const { channel, ts } = message;
      const response_url = responseUrls.issue({ to: workspace.people[as].id, channel });
      const place = placeOf(sender, channel, as);
      return send({ ...about, type: "message_action", channel: place, message_ts: ts, message: toPayload(message), response_url });
    },

    async clickInView({ as, viewId, actionId, value }) {
      const view = shown({ as, viewId });
      const action = view.actions.find((one) => one.actionId === actionId && (value === undefined || one.value === value || one.options));
      if (!action) throw new Error(`The view has no action ${actionId}; it has: ${view.actions.map((one) => one.actionId).join(", ")}.`);
      const { blockId: block_id, type } = action;
      const picked = action.options
        ? { selected_option: action.options.find((one) => one.value === value) ?? fail(`The menu has no option ${value}.`) }
        : { text: { type: "plain_text", text: action.label, emoji: true }, ...(action.value !== undefined && { value: action.value }) };
      return send({
        type: "block_actions",
        user: userOf(as),
        container: { type: "view", view_id: viewId },
        trigger_id: await triggerOf(as),
        view: view.raw,
        actions: [{ action_id: actionId, block_id, type, action_ts: nowTs(), ...picked }],
      });
    },

    async suggest({ as, viewId, actionId, query }) {
      const view = shown({ as, viewId });
      const { block, element } = externalSelect(view.blocks, actionId);
      if (query.length < Number(element.min_query_length ?? 3)) throw new Error(`Slack does not ask the app about “${query}” yet.`);
      const container = { type: "view", view_id: viewId };
      const asked = { action_id: actionId, block_id: block.block_id, value: query, view: view.raw };
      const { status, body } = await send({ type: "block_suggestion", user: userOf(as), container, ...asked });
      if (status !== 200) throw new Error(`The app gave no options: ${status}.`);
      const parsed = Options.safeParse(JSON.parse(body));
      const problems = parsed.success ? [] : complaintsOf(parsed.error, []);
      exchanges.tell({
        method: "ack",
        args: {},
        answer: parsed.success ? { ok: true } : { ok: false, error: "invalid_payload", response_metadata: { messages: problems } },
      });
      if (!parsed.success) throw new Error(`Slack would show no options: ${problems.join()}`);
      const options = parsed.data.options.map(({ text, value }) => ({ text: text.text, value }));
      suggested.set(actionId, [...(suggested.get(actionId) ?? []), ...options]);
      return options;
    },

    async submit({ as, viewId, values }) {
      const view = shown({ as, viewId });
      if (view.submit === undefined) throw new Error("The view has nothing to submit.");
      const offered = (actionId: string) =>
        (suggested.get(actionId) ?? []).map(({ text, value }) => ({ text: { type: "plain_text", text }, value }));
      const state = stateOf(view.blocks, values, offered);
      const trigger_id = await triggerOf(as);
      const delivery = await send({
        type: "view_submission",
        user: userOf(as),
        trigger_id,
        view: { ...view.raw, state },
        response_urls: [],
      });
      return { ...delivery, ...afterSubmission(delivery, view, workspace.people[as].id, screens, exchanges) };
    },

    async closeView({ as, viewId }) {
      const view = shown({ as, viewId });
      screens.close(workspace.people[as].id, false);
      if (view.raw.notify_on_close) await send({ type: "view_closed", user: userOf(as), view: view.raw, is_cleared: false });
    },

    openHome(as) {
      const { id, dm } = workspace.people[as];
      const view = screens.home(id)?.raw;
      return sender.deliver(
        toEnvelope({ type: "app_home_opened", user: id, channel: dm, tab: "home", event_ts: nowTs(), ...(view && { view }) }),
      );
    },
  };
}

const common = {
  token: "sandbox-verification-token",
  api_app_id: app.id,
  team: { id: team.id, domain: team.domain },
  enterprise: null,
  is_enterprise_install: false,
};

const nowTs = (): string => (Date.now() / 1000).toFixed(6);

function fail(problem: string): never {
  throw new Error(problem);
}

function externalSelect(blocks: readonly Block[], actionId: string): { block: Block; element: Block } {
  for (const block of blocks) {
    const elements = [block.element, block.accessory, ...((block.elements ?? []) as unknown[])] as (Block | undefined)[];
    const element = elements.find((one) => one?.action_id === actionId && one.type.includes("external"));
    if (element) return { block, element };
  }
  throw new Error(`The view has no external select ${actionId}.`);
}

function toPayload({ ts, text, blocks, authorId, threadTs }: SeenMessage): object {
  const ofBot = authorId === app.botUserId ? { bot_id: app.botId, app_id: app.id } : {};
  return { type: "message", user: authorId, ...ofBot, team: team.id, ts, text, blocks, ...(threadTs && { thread_ts: threadTs }) };
}
