import { join } from "node:path";

/** Where state is kept unless NEXTRUST_DATA_DIR names another folder. */
export const usualDataDir = ".nextrust";

/** The file that holds all state of a bot with credentials. */
export const stateFileIn = (dataDir: string): string => join(dataDir, "nextrust.db");
