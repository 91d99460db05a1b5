import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type GitHubSandbox, startGitHubSandbox } from "../../../src/sandbox/github/github-sandbox.ts";

const callback = "https://ci.example/github/oauth/callback";
const verifier = "v".repeat(43);
let github: GitHubSandbox;
beforeAll(async () => {
  github = await startGitHubSandbox();
  github.registerCallback(callback);
});
afterAll(() => github.close());

const authorizeUrl = (changes: Record<string, string> = {}) => {
  const challenge = createHash("sha256").update(verifier).digest("base64url");
  const query = {
    client_id: github.oauth.clientId,
    redirect_uri: callback,
    state: "s&t",
    code_challenge: challenge,
    code_challenge_method: "S256",
  };
  return `${github.url}/login/oauth/authorize?${new URLSearchParams({ ...query, ...changes })}`;
};

async function code(login = "ada"): Promise<string> {
  const body = new URLSearchParams({ login, decision: "approve" });
  const { headers } = await fetch(authorizeUrl(), { method: "POST", body, redirect: "manual" });
  return new URL(headers.get("location") ?? "").searchParams.get("code") ?? "";
}

async function redeem(changes: Record<string, string> = {}): Promise<Record<string, string>> {
  const { clientId, clientSecret } = github.oauth;
  const given = {
    client_id: clientId,
    client_secret: clientSecret,
    code: changes.code ?? (await code()),
    redirect_uri: callback,
    code_verifier: verifier,
  };
  const response = await fetch(`${github.url}/login/oauth/access_token`, {
    method: "POST",
    headers: { accept: "application/json", "content-type": "application/json" },
    body: JSON.stringify({ ...given, ...changes }),
  });
  expect(response.status).toBe(200);
  return (await response.json()) as Record<string, string>;
}

const whoIs = (token = "") => fetch(`${github.url}/user`, { headers: { authorization: `Bearer ${token}` } });

describe("signing in at the emulated GitHub", () => {
  it("gives a token that speaks for the person who signed in", async () => {
    const { access_token: token, token_type: type, scope } = await redeem({ code: await code("ravi") });

    expect({ type, scope }).toEqual({ type: "bearer", scope: "" });
    expect(await (await whoIs(token)).json()).toMatchObject({ login: "ravi", id: github.people.ravi.id });
  });

  it("sends back who denied it, with the state", async () => {
    const { status, headers } = await fetch(authorizeUrl(), {
      method: "POST",
      body: new URLSearchParams({ decision: "deny" }),
      redirect: "manual",
    });

    expect(status).toBe(302);
    expect(Object.fromEntries(new URL(headers.get("location") ?? "").searchParams)).toMatchObject({ error: "access_denied", state: "s&t" });
  });

  it("sends nobody to an address that the App did not register", async () => {
    const response = await fetch(authorizeUrl({ redirect_uri: "https://evil.example" }), { redirect: "manual" });

    expect({ status: response.status, location: response.headers.get("location") }).toEqual({ status: 400, location: null });
  });

  it.each<[string, Record<string, string>, string]>([
    ["an unknown code", { code: "none" }, "bad_verification_code"],
    ["another verifier", { code_verifier: "w".repeat(43) }, "bad_verification_code"],
    ["another address", { redirect_uri: "https://ci.example/other" }, "redirect_uri_mismatch"],
    ["a wrong secret", { client_secret: "guess" }, "incorrect_client_credentials"],
  ])("refuses %s with a 200", async (_, changes, error) => {
    expect(await redeem(changes)).toMatchObject({ error });
  });

  it("takes a code once", async () => {
    const once = await code();

    expect(await redeem({ code: once })).toHaveProperty("access_token");
    expect(await redeem({ code: once })).toMatchObject({ error: "bad_verification_code" });
  });

  it("forgets a token that the App gives back", async () => {
    const { access_token: token } = await redeem();
    const { clientId, clientSecret } = github.oauth;
    const revoke = (secret: string) =>
      fetch(`${github.url}/applications/${clientId}/token`, {
        method: "DELETE",
        headers: { authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString("base64")}` },
        body: JSON.stringify({ access_token: token }),
      });

    expect((await revoke("guess")).status).toBe(401);
    expect((await revoke(clientSecret)).status).toBe(204);
    expect((await whoIs(token)).status).toBe(401);
  });

  it("knows an account by its id under a new login, and not when it is gone", async () => {
    const { id } = github.people.sam;
    const byId = () => fetch(`${github.url}/user/${id}`);
    github.renameAccount("sam", "samantha");
    expect(await (await byId()).json()).toMatchObject({ id, login: "samantha" });

    github.deleteAccount("samantha");

    expect((await byId()).status).toBe(404);
  });
});
