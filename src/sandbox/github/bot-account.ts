import { createAppAuth } from "@octokit/auth-app";
import * as z from "zod";
import type { Emulated } from "./emulated.ts";
import { Account } from "./resources.ts";
import { botLogin, mainRepository, type SeedApp } from "./seed.ts";

/** The App's bot account. The emulator makes one at the first thing the App writes, so the App writes a label. */
export async function createBotAccount(emulated: Emulated, app: SeedApp): Promise<Account> {
  const auth = createAppAuth({ appId: app.id, privateKey: app.privateKey });
  const jwt = (await auth({ type: "app" })).token;
  const path = `/app/installations/${app.installationId}/access_tokens`;
  const { token } = await emulated.write(z.object({ token: z.string() }), "POST", path, undefined, jwt);
  await emulated.write(z.unknown(), "POST", `/repos/${mainRepository}/labels`, { name: "ci", color: "0e8a16" }, token);

  const account = await emulated.read(Account, `/users/${encodeURIComponent(botLogin)}`);
  if (!account) throw new Error("The emulator made no account for the App.");
  return account;
}
