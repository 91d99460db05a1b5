import { z } from "zod";
import { confirm, conversationFilter, linkOption, option, optionGroups, placeholder, richOption } from "./composition.ts";
import { chars, flag, list, ofAction, wholeNumber } from "./text.ts";

const ofChoice = { ...ofAction, confirm, focus_on_load: flag };
const ofMenu = { ...ofChoice, placeholder };
const id = chars(255).optional();
const ids = z.array(chars(255)).optional();
const several = { max_selected_items: wholeNumber(1).optional() };
const response = { response_url_enabled: flag };
const asked = { min_query_length: wholeNumber(0).optional() };

const fixed = { options: list(option, 100).optional(), option_groups: optionGroups.optional() };
const hasOneList = ({ options, option_groups }: { options?: unknown; option_groups?: unknown }): boolean =>
  (options === undefined) !== (option_groups === undefined);
const oneList = "must provide either options or option_groups";

const conversations = { default_to_current_conversation: flag, filter: conversationFilter };

export const menus = [
  z.strictObject({ type: z.literal("static_select"), ...ofMenu, ...fixed, initial_option: option.optional() }).refine(hasOneList, oneList),
  z.strictObject({ type: z.literal("external_select"), ...ofMenu, ...asked, initial_option: option.optional() }),
  z.strictObject({ type: z.literal("users_select"), ...ofMenu, initial_user: id }),
  z.strictObject({ type: z.literal("conversations_select"), ...ofMenu, ...response, ...conversations, initial_conversation: id }),
  z.strictObject({ type: z.literal("channels_select"), ...ofMenu, ...response, initial_channel: id }),
] as const;

export const multiMenus = [
  z
    .strictObject({
      type: z.literal("multi_static_select"),
      ...ofMenu,
      ...several,
      ...fixed,
      initial_options: list(option, 100).optional(),
    })
    .refine(hasOneList, oneList),
  z.strictObject({
    type: z.literal("multi_external_select"),
    ...ofMenu,
    ...several,
    ...asked,
    initial_options: list(option, 100).optional(),
  }),
  z.strictObject({ type: z.literal("multi_users_select"), ...ofMenu, ...several, initial_users: ids }),
  z.strictObject({ type: z.literal("multi_conversations_select"), ...ofMenu, ...several, ...conversations, initial_conversations: ids }),
  z.strictObject({ type: z.literal("multi_channels_select"), ...ofMenu, ...several, initial_channels: ids }),
] as const;

export const overflow = z.strictObject({ type: z.literal("overflow"), ...ofAction, confirm, options: list(linkOption, 5) });

export const checkboxes = z.strictObject({
  type: z.literal("checkboxes"),
  ...ofChoice,
  options: list(richOption, 10),
  initial_options: list(richOption, 10).optional(),
});

export const radioButtons = z.strictObject({
  type: z.literal("radio_buttons"),
  ...ofChoice,
  options: list(richOption, 10),
  initial_option: richOption.optional(),
});
