/** The site's base path with a slash at its end. */
export const base = __SITE_BASE__;
