/** What a rule may ask besides the run. Each is asked only where a rule needs it, and throws ServiceError when GitHub will not tell. */
export interface RunFacts {
  /** The files that the pull request changes, or else the commit. */
  changedFiles(repository: string, of: { readonly pullRequest: number } | { readonly commit: string }): Promise<readonly string[]>;
  /** @param team `organisation/team` */
  isInTeam(repository: string, team: string, login: string): Promise<boolean>;
}
