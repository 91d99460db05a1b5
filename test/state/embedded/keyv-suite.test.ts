import { keyvIteratorTests, keyvNamespaceTest, default as keyvTestSuite } from "@keyv/test-suite";
import Keyv from "keyv";
import * as test from "vitest";
import { GroupCommit } from "../../../src/state/embedded/group-commit.ts";
import { SqliteKeyvStore } from "../../../src/state/embedded/keyv-store.ts";
import { openConnection } from "../../../src/state/embedded/open-connection.ts";

const connection = await openConnection(":memory:", Math.random);
const group = new GroupCommit(connection, Math.random);
// A store of its own for every call, as its namespace belongs to the Keyv that wraps it.
const store = () => new SqliteKeyvStore(connection, group, () => Date.now());

test.describe("Keyv's own suite", () => {
  keyvTestSuite(test, Keyv, store);
  keyvNamespaceTest(test, Keyv, store);
  keyvIteratorTests(test, Keyv, store);
});
