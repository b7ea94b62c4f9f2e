/** Shares of fewer people say more about chance than about a campaign. */
export const LEAST = 10;
