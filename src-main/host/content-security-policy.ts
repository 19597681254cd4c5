/**
 * The policy both shells send with every page. Own scripts and compiled WebAssembly, no `eval`. Styles may be inline because
 * docking, toasts and dialogs of the libraries in use put `<style>` elements into the page.
 * `socketOrigin` is the one place beside itself that a page may connect to; null where it needs none.
 */
export function contentSecurityPolicy(socketOrigin: string | null): string {
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self' 'unsafe-inline'",
    "worker-src 'self'",
    `connect-src 'self'${socketOrigin === null ? '' : ` ${socketOrigin}`}`,
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
