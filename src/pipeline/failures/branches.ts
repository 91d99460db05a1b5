/** The branches of repositories, as far as it decides whom a failure concerns. */
export interface Branches {
  /**
   * Whether the branch is the default one or protected (cached for ten minutes); false for one that is not there.
   *
   * @throws ServiceError when GitHub cannot be asked, and UserError when the bot may not
   */
  isProtected(repository: string, branch: string): Promise<boolean>;
}
