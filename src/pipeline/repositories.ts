/** Repositories as far as it decides who may read what is said in them. */
export interface Repositories {
  /**
   * Whether only some can see it, now: owners change that.
   *
   * @returns undefined when there is no such repository or we cannot see it
   * @throws ServiceError or UserError when it cannot be found out
   */
  isPrivate(repository: string): Promise<boolean | undefined>;
}
