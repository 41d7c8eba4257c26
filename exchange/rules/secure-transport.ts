/** Whether an address, as sockets write it, is of this machine (also IPv4 within IPv6, RFC 4291 section 2.5.5.2). */
export function isLoopback(address: string): boolean {
  return address === 'localhost' || address === '::1' || /^(::ffff:)?127\.\d+\.\d+\.\d+$/.test(address);
}

/**
 * The exchange itself speaks plain HTTP: beyond this machine only a proxy that ends TLS may stand before it.
 * @throws Error when it would listen for others without one
 */
export function requireProxy(host: string, trustedProxies: readonly string[]): void {
  if (isLoopback(host) || trustedProxies.length > 0) return;
  throw new Error(
    `listening on ${host} would take requests over plain HTTP: put a TLS proxy in front and name it with --trusted-proxy`,
  );
}
