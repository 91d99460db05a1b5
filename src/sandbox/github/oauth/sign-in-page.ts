import type { Account } from "../resources.ts";
import { appName } from "../seed.ts";

const style =
  ":root{color-scheme:light dark}body{font:1.125rem/1.5 system-ui,sans-serif;max-width:34rem;margin:0 auto;padding:1.5rem}h1{font-size:1.5rem}fieldset{margin:0 0 1rem}label{display:block;padding:.25rem}button{font:inherit;padding:.5rem 1rem;margin-right:.5rem}";

/** Where a visitor of the sandbox chooses who they are on its GitHub, and whether to go on. */
export function signInPage(people: readonly Account[], action: string): string {
  const choices = people.map(
    ({ login }, at) =>
      `<label><input type="radio" name="login" value="${escapeHtml(login)}"${at === 0 ? " checked" : ""}> ${escapeHtml(login)}</label>`,
  );
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>Sign in to the sandbox’s GitHub</title><style>${style}</style></head><body><main>`,
    `<h1>${appName} wants to know who you are</h1><p>This is the sandbox’s GitHub: sign in as anybody, without a password.</p>`,
    `<form method="post" action="${escapeHtml(action)}"><fieldset><legend>You are</legend>${choices.join("")}</fieldset>`,
    '<button name="decision" value="approve">Authorize</button><button name="decision" value="deny">Cancel</button></form>',
    "</main></body></html>",
  ].join("");
}

const escapeHtml = (value: string): string =>
  value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
