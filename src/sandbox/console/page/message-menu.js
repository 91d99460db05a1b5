import { confirms } from "./confirm.js";

/** What can be done to a message: the app's shortcuts, and to one's own a little more. */
export function messageMenu(message, { shortcuts, names, botUserId }, person, { run, edit }) {
  const about = { as: person.key, messageId: message.id };
  const ofApp = shortcuts
    .filter(({ kind }) => kind === "message")
    .map(({ callbackId, label, note }) => ({ label, note, act: () => run("/sandbox/slack/shortcut", { ...about, callbackId }) }));
  if (message.authorId !== person.slackId) return ofApp;
  const own = [
    { label: "Edit message", act: () => edit(message, asTyped(message.text, botUserId)) },
    { label: "Delete message", act: async () => (await confirms(deletion, names)) && run("/sandbox/slack/delete", about) },
  ];
  return [...ofApp, ...own];
}

const plain = (text) => ({ type: "plain_text", text });

const deletion = {
  title: plain("Delete this message?"),
  text: plain("This cannot be undone."),
  confirm: plain("Delete"),
  deny: plain("Keep it"),
  style: "danger",
};

/** A message as its author typed it, out of what Slack made of that. */
const asTyped = (text, botUserId) =>
  text.replaceAll(`<@${botUserId}>`, "@nextrust").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
