import { isPrivateOnTheWay } from "../../config/words.ts";
import { UserError } from "../../errors.ts";
import { Secret } from "../../secret.ts";
import type { Remote } from "./client.ts";

/**
 * The bot that NEXTRUST_URL and NEXTRUST_API_TOKEN name.
 *
 * @throws UserError where they cannot be used
 */
export function openRemote(url: string, tokens: string): Remote {
  if (!URL.canParse(url) || !/^https?:/.test(url)) throw problem("NEXTRUST_URL is not an http(s) URL.");
  if (!isPrivateOnTheWay(url)) throw problem("NEXTRUST_URL has to be https: the token is not sent openly.");
  const { username, password } = new URL(url);
  if (username !== "" || password !== "") throw problem("NEXTRUST_URL holds a name or a password: the token alone lets you in.");
  // Several while it is rotated: the bot takes any of them.
  return { url: url.replace(/\/+$/, ""), token: new Secret((tokens.split(",")[0] ?? "").trim()) };
}

const problem = (sentence: string): UserError => new UserError("invalid", "bad_settings", sentence);
