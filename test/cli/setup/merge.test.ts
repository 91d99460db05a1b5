import { describe, expect, it } from "vitest";
import { unifiedDiff } from "../../../src/cli/setup/diff.ts";
import { editHooks } from "../../../src/cli/setup/edit-hooks.ts";
import { type ClaudeSettings, mergeHooks } from "../../../src/cli/setup/merge.ts";
import { installed, ours, wantedBy } from "./some-hooks.ts";

const wanted = wantedBy({
  "pre-tool-use": [{ name: "destructive-command", isGuard: true, tools: ["Bash"] }],
  stop: [{ name: "usage-capture" }],
});

/** The text of a settings file after our hooks are put into it. */
function merged(text: string | undefined, hooks = wanted): string {
  const settings: ClaudeSettings = JSON.parse(text?.replace(/^\uFEFF/, "") || "{}");
  return editHooks(text, settings, mergeHooks(settings, hooks));
}

const guard = ours("pre-tool-use", { matcher: "Bash", onFailure: "block" });
const capture = ours("stop");

const files = {
  "no file": undefined,
  "an empty object": "{}",
  "permissions on short lines": '{\n  "permissions": { "allow": ["Bash(npm test)"], "deny": [] },\n  "model": "opus"\n}\n',
  "four spaces": '{\n    "env": {\n        "CI": "1"\n    }\n}\n',
  tabs: '{\n\t"env": {\n\t\t"CI": "1"\n\t}\n}\n',
  "no line end behind it": '{\n  "model": "opus"\n}',
  "line ends of Windows": '{\r\n  "model": "opus"\r\n}\r\n',
  "a byte order mark": '\uFEFF{\n  "model": "opus"\n}\n',
  "hooks of others":
    '{\n  "hooks": {\n    "Stop": [{ "hooks": [{ "type": "command", "command": "say done" }] }],\n    "Notification": [ { "hooks": [] } ]\n  },\n  "model": "opus"\n}\n',
  "hooks on one line": '{\n  "hooks": { "Stop": [{ "hooks": [{ "type": "command", "command": "say done" }] }] }\n}\n',
  "empty hooks": '{\n  "hooks": {},\n  "model": "opus"\n}\n',
  "an event that is empty": '{\n  "hooks": {\n    "Stop": []\n  }\n}\n',
} satisfies Record<string, string | undefined>;

describe.each(Object.entries(files))("settings with %s", (_, text) => {
  it("get our hooks beside what stood there", () => {
    const before: ClaudeSettings = JSON.parse(text?.replace(/^\uFEFF/, "") ?? "{}");

    const after = JSON.parse(merged(text).replace(/^\uFEFF/, ""));

    expect(after).toEqual({
      ...before,
      hooks: { ...before.hooks, PreToolUse: [guard], Stop: [...(before.hooks?.Stop ?? []), capture] },
    });
  });

  it("stay as they are the second time", () => {
    expect(merged(merged(text))).toBe(merged(text));
  });

  it("are what they were when our hooks are taken out", () => {
    const hadNone = /"hooks": \{\}/.test(text ?? "") || /"Stop": \[\]/.test(text ?? "");

    const without = merged(merged(text), new Map());

    const [now, then] = [without, text ?? "{}"].map((each) => JSON.parse(each.replace(/^\uFEFF/, "")));
    expect(now).toEqual(hadNone ? { ...then, hooks: undefined } : then);
  });
});

describe("the text of a settings file", () => {
  it("changes only where it must", () => {
    expect(unifiedDiff("settings.json", files["hooks of others"], merged(files["hooks of others"]))).toBe(
      `--- settings.json
+++ settings.json
@@ -1,7 +1,38 @@
 {
   "hooks": {
-    "Stop": [{ "hooks": [{ "type": "command", "command": "say done" }] }],
-    "Notification": [ { "hooks": [] } ]
+    "Stop": [
+      {
+        "hooks": [
+          {
+            "type": "command",
+            "command": "say done"
+          }
+        ]
+      },
+      {
+        "hooks": [
+          {
+            "type": "command",
+            "command": "'/opt/node' '/opt/nextrust/dist/main.js' hook stop",
+            "timeout": 60
+          }
+        ]
+      }
+    ],
+    "Notification": [ { "hooks": [] } ],
+    "PreToolUse": [
+      {
+        "matcher": "Bash",
+        "hooks": [
+          {
+            "type": "command",
+            "command": "'/opt/node' '/opt/nextrust/dist/main.js' hook pre-tool-use",
+            "timeout": 90,
+            "onFailure": "block"
+          }
+        ]
+      }
+    ]
   },
   "model": "opus"
 }
`,
    );
  });

  it.each([
    ["four spaces", /^ {4}"hooks": \{\n {8}"PreToolUse"/m],
    ["tabs", /^\t"hooks": \{\n\t\t"PreToolUse"/m],
    ["line ends of Windows", /\r\n {2}"hooks": \{\r\n {4}"PreToolUse"/],
    ["a byte order mark", /^\uFEFF\{\n {2}"model"/],
  ] as const)("keeps %s", (name, pattern) => {
    const text = merged(files[name]);

    expect(text).toMatch(pattern);
    expect(/[^\r]\n/.test(text)).toBe(!files[name].includes("\r\n"));
  });

  it("ends as it did", () => {
    expect(merged(files["no line end behind it"])).toMatch(/\}$/);
    expect(merged(files["four spaces"])).toMatch(/\}\n$/);
    expect(merged(undefined)).toMatch(/\}\n$/);
  });

  it.each(["tabs", "permissions on short lines", "line ends of Windows"] as const)(
    "is byte for byte what it was once ours is out, with %s",
    (name) => {
      expect(merged(merged(files[name]), new Map())).toBe(files[name]);
    },
  );
});

describe("an entry of ours", () => {
  const earlier = { node: "/old/it's here/node", main: "/old/it's here/nextrust/dist/main.js" };

  it("is replaced in its place when the path changed", () => {
    const other = { hooks: [{ type: "command", command: "true" }] };
    const text = JSON.stringify({ hooks: { PreToolUse: [ours("pre-tool-use", { installation: earlier }), other] } }, undefined, 2);

    expect(JSON.parse(merged(text)).hooks.PreToolUse).toEqual([guard, other]);
  });

  it("leaves others alone that stand in its group", () => {
    const own = ours("stop", { installation: earlier });
    const mixed = { matcher: "*", hooks: [{ type: "command", command: "one" }, ...own.hooks, { type: "command", command: "two" }] };
    const text = JSON.stringify({ hooks: { Stop: [mixed] } });

    expect(JSON.parse(merged(text)).hooks.Stop).toEqual([
      {
        matcher: "*",
        hooks: [
          { type: "command", command: "one" },
          { type: "command", command: "two" },
        ],
      },
      capture,
    ]);
  });

  it("stands once, and only at its event", () => {
    const text = JSON.stringify({ hooks: { Stop: [capture, ours("stop", { installation: earlier })], Notification: [capture] } });

    expect(JSON.parse(merged(text)).hooks).toEqual({ Stop: [capture], PreToolUse: [guard] });
  });

  it.each(["npx nextrust hook stop", "node /srv/nextrust/bin/nextrust.js hook stop", "/usr/bin/nextrust hook stop"])(
    "is known as %s",
    (command) => {
      const text = JSON.stringify({ hooks: { Stop: [{ hooks: [{ type: "command", command }] }] } });

      expect(JSON.parse(merged(text)).hooks.Stop).toEqual([capture]);
    },
  );

  it.each([
    "echo nextrust hook stop later",
    "nextrust-like hook stop",
    "mynextrust hook stop",
    "nextrust hook something",
    "'/opt/node' '/opt/other/main.js' hook stop",
    "git commit -m hook stop",
  ])("is not %s", (command) => {
    const theirs = { hooks: [{ type: "command", command }] };

    expect(JSON.parse(merged(JSON.stringify({ hooks: { Stop: [theirs] } }))).hooks.Stop).toEqual([theirs, capture]);
  });
});

describe("what is registered", () => {
  it("is no event whose modules are all off", () => {
    const hooks = wantedBy({ stop: [{ name: "usage-capture" }], "session-start": [{ name: "receipt" }] }, ["usage-capture"]);

    expect([...hooks.keys()]).toEqual(["SessionStart"]);
  });

  it("blocks on failure only while a guard is on", () => {
    const table = { "pre-tool-use": [{ name: "destructive-command", isGuard: true }, { name: "budget" }] } as const;

    expect(wantedBy(table).get("PreToolUse")?.hooks).toMatchObject([{ onFailure: "block" }]);
    expect(wantedBy(table, ["destructive-command"]).get("PreToolUse")?.hooks[0]).not.toHaveProperty("onFailure");
  });

  it("looks only at the tools that some module looks at", () => {
    const bash = { name: "commit-message", tools: ["Bash"] } as const;

    expect(wantedBy({ "pre-tool-use": [bash, { name: "file-creation", tools: ["Write", "Bash"] }] }).get("PreToolUse")?.matcher).toBe(
      "Bash|Write",
    );
    expect(wantedBy({ "pre-tool-use": [bash, { name: "budget" }] }).get("PreToolUse")).not.toHaveProperty("matcher");
  });

  it("is a command with all paths in quotes", () => {
    const [handler] = ours("stop", { installation: { node: "/a b/node", main: "/it's/dist/main.js" } }).hooks;

    expect(handler?.command).toBe(`'/a b/node' '/it'\\''s/dist/main.js' hook stop`);
    expect(installed.main).toBe("/opt/nextrust/dist/main.js");
  });
});
