import { chmodSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { commitsOfTag } from "../../../src/hooks/artefacts/commits-of-tag.ts";
import { changedFiles } from "../../../src/hooks/place/changed-files.ts";
import { askGit } from "../../../src/machine/ask-git.ts";
import { aCheckout, type Checkout } from "../a-checkout.ts";
import { aContext } from "../a-context.ts";

const timeoutMs = 5_000;

/** A checkout whose settings name a program for whatever git may run, and the file that the program makes. */
function aTrap(): { readonly checkout: Checkout; readonly sprung: string } {
  const checkout = aCheckout({ "a.txt": "a\n" });
  checkout.git("tag", "v1.0.0");
  const [program, sprung] = [join(checkout.path, ".git", "trap"), join(checkout.path, ".git", "sprung")];
  writeFileSync(program, `#!/bin/sh\necho "$0 $*" >> '${sprung}'\n`);
  chmodSync(program, 0o755);
  for (const setting of ["core.fsmonitor", "core.pager", "diff.external", "gpg.program", "core.sshCommand", "core.editor"])
    checkout.git("config", setting, program);
  checkout.git("config", "log.showSignature", "true");
  checkout.git("config", "extensions.partialClone", "origin");
  checkout.git("config", "remote.origin.url", `ext::${program} %S`);
  checkout.git("config", "remote.origin.promisor", "true");
  checkout.git("config", "protocol.ext.allow", "always");
  return { checkout, sprung };
}

describe("asking git in a checkout whose settings name programs", () => {
  it("runs none of them", async () => {
    const { checkout, sprung } = aTrap();
    using _ = checkout;
    using context = aContext(checkout);
    checkout.write("b.txt", "b\n");

    const changed = await changedFiles(context);
    const tagged = await commitsOfTag(checkout.path, "v1.0.0");
    await askGit(checkout.path, ["cat-file", "-p", "1".repeat(40)], { timeoutMs });

    expect(changed).toEqual(["b.txt"]);
    expect(tagged?.commits).toMatchObject([{ subject: "feat: begin" }]);
    expect(existsSync(sprung)).toBe(false);
  });
});
