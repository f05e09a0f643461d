/** This machine's name among the targets. */
export const localTarget = "local";
