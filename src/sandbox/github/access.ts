import type { Actor } from "./tokens.ts";

const roles = ["read", "triage", "write", "maintain", "admin"] as const;
export type Role = (typeof roles)[number];

/** Where one can write: on an issue or pull request, in a review of one, in a Discussion. */
export type Forum = "conversation" | "review" | "discussion";

const permissionsFor: Readonly<Record<Forum, readonly string[]>> = {
  conversation: ["issues", "pull_requests"],
  review: ["pull_requests"],
  discussion: ["discussions"],
};

export interface KnownRepository {
  readonly fullName: string;
  readonly isPrivate: boolean;
}

/** The permission of GitHub's older, coarser scale: triage counts as read, and maintain as write. */
export function legacyPermission(role: Role | "none"): "none" | "read" | "write" | "admin" {
  if (role === "triage") return "read";
  return role === "maintain" ? "write" : role;
}

/** Who may see and do what. The emulator knows only members and collaborators, and takes any member for an administrator. */
export class Access {
  readonly #repositories = new Map<string, KnownRepository>();
  readonly #roles = new Map<string, Role>();

  add(repository: KnownRepository): void {
    this.#repositories.set(repository.fullName.toLowerCase(), repository);
  }

  setRole(login: string, repository: string, role: Role | "none"): void {
    if (role === "none") this.#roles.delete(`${repository}:${login}`);
    else this.#roles.set(`${repository}:${login}`, role);
  }

  /** The repository by its name in any case, when the actor can see it. */
  find(actor: Actor, fullName: string): KnownRepository | undefined {
    const repository = this.#repositories.get(fullName.toLowerCase());
    return repository && this.#canSee(actor, repository) ? repository : undefined;
  }

  visibleTo(actor: Actor): KnownRepository[] {
    return [...this.#repositories.values()].filter((repository) => this.#canSee(actor, repository));
  }

  /** The role given to this account; everybody may read what is public. [from GitHub's documentation, not measured] */
  roleOf(login: string, { fullName, isPrivate }: KnownRepository): Role | "none" {
    return this.#roles.get(`${fullName}:${login}`) ?? (isPrivate ? "none" : "read");
  }

  /** Whether the account was given a role of its own. */
  holdsRole(login: string, { fullName }: KnownRepository): boolean {
    return this.#roles.has(`${fullName}:${login}`);
  }

  /** Whether the actor may comment and react there. One of the permissions is enough for an App; anyone may where all can see. */
  canDiscuss(actor: Actor, repository: KnownRepository, where: Forum = "conversation"): boolean {
    if (!this.#canSee(actor, repository)) return false;
    if (actor.kind === "installation") return permissionsFor[where].some((name) => actor.permissions[name] === "write");
    return actor.kind === "person";
  }

  /** Whether the actor may change what others wrote. */
  canModerate(actor: Actor, repository: KnownRepository, where: Forum = "conversation"): boolean {
    if (actor.kind === "installation") return this.canDiscuss(actor, repository, where);
    return actor.kind === "person" && this.isAtLeast("write", actor.login, repository);
  }

  isAtLeast(role: Role, login: string, repository: KnownRepository): boolean {
    return roles.indexOf(this.roleOf(login, repository) as Role) >= roles.indexOf(role);
  }

  #canSee(actor: Actor, repository: KnownRepository): boolean {
    if (actor.kind === "app") return true;
    if (actor.kind === "installation") return actor.repositories === "all" || actor.repositories.includes(repository.fullName);
    return !repository.isPrivate || (actor.kind === "person" && this.roleOf(actor.login, repository) !== "none");
  }
}
