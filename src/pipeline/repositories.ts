/** Repositories as far as it decides who may read what is said in them. */
export interface Repositories {
  /** Whether only some can see it, now: owners change that. Throws ServiceError or UserError when it cannot be found out. */
  isPrivate(repository: string): Promise<boolean>;
}
