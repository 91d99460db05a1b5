/** Whether two names are one on GitHub, which ignores case: of repositories, accounts, teams. */
export const isSameName = (one: string, other: string | undefined): boolean => one.toLowerCase() === other?.toLowerCase();
