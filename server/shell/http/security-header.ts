import "server-only";
import { isDevelopment } from "#server/base/environment/env.ts";

/**
 * What a page may load; the headers of every answer are in server/shell/http/headers.mjs. Scripts and styles only from here or with this response's nonce. React's error overlay in development needs `eval`
 * and inline styles.
 */
export function contentSecurityPolicy(nonce: string): string {
  const inlineStyle = isDevelopment ? "'unsafe-inline'" : `'nonce-${nonce}'`;
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'${isDevelopment ? " 'unsafe-eval'" : ""}`,
    `style-src 'self' ${inlineStyle}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
