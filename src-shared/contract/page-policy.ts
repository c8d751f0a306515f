/** Stands in the built index.html wherever a load's own nonce goes (`html.cspNonce` of electron.vite.config.ts). */
export const NONCE_PLACEHOLDER = '__CSP_NONCE__';

/**
 * What the page may do (docs/threat-model.md, rows 31 and 45): run our scripts, show our styles, talk to its own host, and nothing else.
 * The nonce is new for every load; it is for the style elements that the component kit writes.
 */
export function pagePolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ].join('; ');
}

/** A worker is ruled by the policy of its own file: it computes, and reaches nothing. */
export const ASSET_POLICY = "default-src 'none'; script-src 'self'";

/**
 * Sent with every answer of a host, whatever it holds. The camera is for reading the code of a partner's card (docs/decisions/0034): the
 * browser asks the person, and no frame of another origin can.
 */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(self), display-capture=(), geolocation=(), microphone=(), serial=(), usb=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};
