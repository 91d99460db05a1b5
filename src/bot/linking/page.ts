import { createHash } from "node:crypto";
import type { ServerResponse } from "node:http";
import { answer } from "../http.ts";

/** One page for a person's browser. Everything is plain text. */
export interface Page {
  readonly status: number;
  readonly title: string;
  readonly paragraphs: readonly string[];
  /** A button that sends the value back as `state`. */
  readonly form?: { readonly action: string; readonly state: string; readonly label: string };
}

const style = [
  ":root{color-scheme:light dark}",
  "body{margin:0;padding:1rem;background:light-dark(#f3f1ee,#151517);color:light-dark(#1d1c1d,#e6e4e1);font:1.0625rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}",
  "main{box-sizing:border-box;max-width:34rem;margin:5vh auto;padding:1.5rem;border:1px solid light-dark(#dedad4,#383a3f);border-top:4px solid light-dark(#b7410e,#f0854f);border-radius:.75rem;background:light-dark(#fff,#1e1f22)}",
  "h1{margin:0 0 1rem;font-size:1.4rem;line-height:1.25}",
  "p{margin:0 0 1rem}",
  "main>:last-child{margin-bottom:0}",
  "button{width:100%;min-height:3rem;padding:.65rem 1.25rem;border:0;border-radius:.5rem;background:light-dark(#146c3c,#257a4c);color:#fff;font:inherit;font-weight:600;cursor:pointer}",
  "button:focus-visible{outline:3px solid light-dark(#b7410e,#f0854f);outline-offset:2px}",
].join("");

const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'`,
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Answers with a page that runs nothing, loads nothing, is kept nowhere and cannot be framed. */
export function answerPage(response: ServerResponse, page: Page): void {
  response.setHeader("content-security-policy", `${policy}; form-action ${page.form ? "'self'" : "'none'"}`);
  setPrivateHeaders(response);
  answer(response, page.status, render(page), "text/html; charset=utf-8");
}

/** Sends the browser elsewhere, and tells nobody from where. */
export function redirect(response: ServerResponse, url: string): void {
  setPrivateHeaders(response);
  response.writeHead(303, { location: url, "content-length": 0 }).end();
}

function setPrivateHeaders(response: ServerResponse): void {
  response.setHeader("cache-control", "no-store");
  response.setHeader("referrer-policy", "no-referrer");
  response.setHeader("x-content-type-options", "nosniff");
  response.setHeader("x-frame-options", "DENY");
  response.setHeader("cross-origin-opener-policy", "same-origin");
}

function render({ title, paragraphs, form }: Page): string {
  const button = form
    ? `<form method="post" action="${escapeHtml(form.action)}"><input type="hidden" name="state" value="${escapeHtml(form.state)}"><button>${escapeHtml(form.label)}</button></form>`
    : "";
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">',
    `<title>${escapeHtml(title)}</title><style>${style}</style></head>`,
    `<body><main><h1>${escapeHtml(title)}</h1>${paragraphs.map((each) => `<p>${escapeHtml(each)}</p>`).join("")}${button}</main></body></html>`,
  ].join("");
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

const escapeHtml = (value: string): string => value.replace(/[&<>"']/g, (character) => entities[character] ?? "");
