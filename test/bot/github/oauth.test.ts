import { describe, expect, it } from "vitest";
import { githubOAuth } from "../../../src/bot/github/oauth.ts";
import { Secret } from "../../../src/secret.ts";

describe("where people sign in", () => {
  it.each([
    ["https://api.github.com", "https://github.com"],
    ["https://github.example.com/api/v3", "https://github.example.com"],
    ["https://api.acme.ghe.com/", "https://acme.ghe.com"],
    ["http://127.0.0.1:4000", "http://127.0.0.1:4000"],
  ])("beside the API %s is %s", (api, web) => {
    const oauth = githubOAuth(api, { clientId: "Iv1", clientSecret: new Secret("s") });

    const url = oauth.authorizeUrl({ redirectUri: "https://ci.example/github/oauth/callback", verifier: "v" }, "state");

    expect(url.startsWith(`${web}/login/oauth/authorize?client_id=Iv1&`)).toBe(true);
  });
});
