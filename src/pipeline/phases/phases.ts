/** A stage of a project, as a team configures it. */
export interface Phase {
  /** `phase-2` */
  readonly id: string;
  readonly name: string;
  readonly deliverables: readonly Deliverable[];
}

/** What must be there before a phase is complete. */
export type Deliverable =
  /** A file or folder at the head of the branch. */
  | { readonly kind: "path"; readonly path: string }
  /** A check that passed on the head of the branch. */
  | { readonly kind: "check"; readonly name: string }
  /** A workflow, by its file's name, whose newest run on the branch passed. */
  | { readonly kind: "workflow"; readonly file: string };

/** The phases of one repository, in order, at least one. */
export interface PhasePlan {
  readonly repository: string;
  /** Where deliverables are looked for; the default branch when absent. */
  readonly branch?: string;
  readonly phases: readonly [Phase, ...Phase[]];
}

/** The phases that are configured. */
export interface PhasePlans {
  /** GitHub's names ignore case, and so does this. */
  of(repository: string): PhasePlan | undefined;
}

export const phaseInWords = ({ id, name }: Pick<Phase, "id" | "name">): string => `${id} ${name}`;

/** `ci/Dockerfile`, `check build`, `workflow ci.yml` */
export function deliverableInWords(deliverable: Deliverable): string {
  if (deliverable.kind === "path") return deliverable.path;
  return deliverable.kind === "check" ? `check ${deliverable.name}` : `workflow ${deliverable.file}`;
}
