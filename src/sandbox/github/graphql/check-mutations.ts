import { type CheckInput, createCheck, updateCheck } from "../checks/changes.ts";
import type { OwnCheck } from "../checks/own-checks.ts";
import { parseNodeId } from "../node-id.ts";
import { ownCheckNode } from "./checks.ts";
import type { Context, Input } from "./context.ts";
import { findRepository } from "./discussion-mutations.ts";

type New = Input<CheckInput & { readonly repositoryId: string; readonly headSha: string; readonly name: string }>;
type Change = Input<CheckInput & { readonly repositoryId: string; readonly checkRunId: string }>;

/** The mutations of check runs, which only an App may make. */
export const checkMutations = {
  async createCheckRun({ input }: New, context: Context) {
    const repository = await findRepository(context, input.repositoryId);
    return payload(context, input, await createCheck(context.world, context.actor, repository, input.headSha, input));
  },

  async updateCheckRun({ input }: Change, context: Context) {
    await findRepository(context, input.repositoryId);
    const { id = 0 } = parseNodeId(input.checkRunId) ?? {};
    return payload(context, input, updateCheck(context.world, context.actor, id, input));
  },
};

const payload = ({ world }: Context, { clientMutationId }: { readonly clientMutationId?: string | null }, check: OwnCheck) => ({
  clientMutationId: clientMutationId ?? null,
  checkRun: ownCheckNode(world, check),
});
