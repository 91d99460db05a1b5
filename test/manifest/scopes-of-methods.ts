/**
 * The scopes that a method of Slack's Web API needs for what we do with it, as Slack's reference names them. Where a method serves several kinds
 * of conversation, those that we call it for count.
 */
export const scopesOfMethods: Readonly<Record<string, readonly string[]>> = {
  // With the app-level token, whose own scope is connections:write.
  "apps.connections.open": [],
  "auth.test": [],
  "chat.delete": ["chat:write"],
  "chat.postEphemeral": ["chat:write"],
  "chat.postMessage": ["chat:write"],
  "chat.update": ["chat:write"],
  // Its own messages, after a crash: private ones, and results in channels.
  "conversations.history": ["im:history", "channels:history", "groups:history"],
  // Direct messages are never asked about.
  "conversations.info": ["channels:read", "groups:read"],
  "conversations.replies": ["im:history", "channels:history", "groups:history"],
  "conversations.open": ["im:write"],
  "files.uploadV2": ["files:write"],
  "usergroups.users.list": ["usergroups:read"],
  "users.info": ["users:read"],
  "views.open": [],
  "views.publish": [],
  "views.update": [],
};

/** The scopes that an event needs to be delivered, as Slack's reference names them. */
export const scopesOfEvents: Readonly<Record<string, readonly string[]>> = {
  app_home_opened: [],
  app_mention: ["app_mentions:read"],
  member_joined_channel: ["channels:read", "groups:read"],
  "message.channels": ["channels:history"],
  "message.groups": ["groups:history"],
  "message.im": ["im:history"],
};
