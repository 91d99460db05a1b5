import type { Account } from "../resources.ts";
import { appName } from "../seed.ts";

const style = [
  ":root{color-scheme:light dark}",
  "body{margin:0;padding:1rem;background:light-dark(#eef1f4,#0d1117);color:light-dark(#1f2328,#e6edf3);font:1.0625rem/1.5 system-ui,sans-serif}",
  "main{box-sizing:border-box;max-width:30rem;margin:5vh auto;padding:1.5rem;border:1px solid light-dark(#d1d9e0,#3d444d);border-radius:.75rem;background:light-dark(#fff,#151b23)}",
  "h1{margin:0 0 .75rem;font-size:1.4rem;line-height:1.25}",
  "fieldset{margin:0 0 1.25rem;padding:.25rem 0;border:1px solid light-dark(#d1d9e0,#3d444d);border-radius:.5rem}",
  "legend{margin-left:.75rem;padding:0 .35rem;font-weight:600}",
  "label{display:flex;gap:.75rem;align-items:center;min-height:2.75rem;padding:0 1rem;cursor:pointer}",
  "label:has(:checked){background:light-dark(#ddf4ff,#1b2f4a)}",
  "input{width:1.15rem;height:1.15rem;margin:0}",
  ".decisions{display:flex;flex-wrap:wrap;gap:.75rem}",
  "button{flex:1;min-height:3rem;padding:.65rem 1.25rem;border:1px solid light-dark(#d1d9e0,#3d444d);border-radius:.5rem;background:light-dark(#f6f8fa,#212830);color:inherit;font:inherit;font-weight:600;cursor:pointer}",
  "button[value=approve]{border-color:transparent;background:light-dark(#1a7f37,#238636);color:#fff}",
  ":focus-visible{outline:3px solid light-dark(#0969da,#4493f8);outline-offset:2px}",
].join("");

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
    '<div class="decisions"><button name="decision" value="approve">Authorize</button>',
    '<button name="decision" value="deny">Cancel</button></div></form>',
    "</main></body></html>",
  ].join("");
}

const escapeHtml = (value: string): string =>
  value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
