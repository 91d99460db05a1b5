import type { Manifest } from "./schema.ts";

/** A manifest that uses every key that we know, each as small as allowed. */
export const wholeManifest = (): Manifest => ({
  _metadata: { major_version: 2, minor_version: 1, schema_version: 1, min_version: 1 },
  display_information: { name: "n", description: "d", background_color: "#abc", long_description: "l".repeat(175) },
  features: {
    app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: true },
    bot_user: { display_name: "b", always_online: true },
    shortcuts: [{ name: "s", type: "global", callback_id: "c", description: "d" }],
    slash_commands: [{ command: "/c", description: "d", url: "https://a.example", usage_hint: "u", should_escape: true }],
    unfurl_domains: ["a.example"],
    agent_view: {
      agent_description: "",
      suggested_prompts: [{ title: "t", message: "m" }],
      actions: [{ name: "n", description: "d" }],
    },
    assistant_view: { assistant_description: "", suggested_prompts: [{ title: "t", message: "m" }] },
  },
  oauth_config: {
    redirect_urls: ["https://a.example"],
    scopes: { bot: ["commands"], user: [], bot_optional: [], user_optional: [] },
    token_management_enabled: true,
    pkce_enabled: true,
  },
  settings: {
    event_subscriptions: {
      request_url: "https://a.example",
      bot_events: ["app_mention"],
      user_events: [],
      metadata_subscriptions: [{ app_id: "A1", event_type: "t" }],
    },
    interactivity: { is_enabled: true, request_url: "https://a.example", message_menu_options_url: "https://a.example" },
    incoming_webhooks: { incoming_webhooks_enabled: true },
    siws_links: { initiate_uri: "https://a.example" },
    allowed_ip_address_ranges: ["10.0.0.0/8"],
    org_deploy_enabled: true,
    socket_mode_enabled: true,
    token_rotation_enabled: true,
    is_hosted: true,
    is_mcp_enabled: true,
    function_runtime: "r",
    hermes_app_type: "h",
  },
});
