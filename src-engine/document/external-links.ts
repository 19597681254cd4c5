/** Sites that texts in the window refer to: papers, and the formats it writes. */
const ALLOWED_HOSTS: ReadonlySet<string> = new Set(['arxiv.org', 'distill.pub', 'onnx.ai', 'pytorch.org']);

/** Whether an address may be handed to the user's browser: https, a known site, no port and no name or password in it. */
export function mayOpenExternally(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, port, username, password } = new URL(address);
  return protocol === 'https:' && ALLOWED_HOSTS.has(hostname) && port === '' && username === '' && password === '';
}
